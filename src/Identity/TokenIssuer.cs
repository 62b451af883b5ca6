using Delegation.Identity.Clients;
using Delegation.Identity.Discovery;
using Delegation.Identity.Keys;
using Delegation.Identity.Tokens;
using Microsoft.Extensions.Options;

namespace Delegation.Identity;

/// <summary>The two calls by which a host becomes the issuer.</summary>
internal static class TokenIssuer
{
    public static void AddTokenIssuer(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<SigningKeys>();
        builder.Services.AddSingleton<AccessTokens>();
        builder.Services.AddSingleton<FailedAttempts>();
        builder.Services.AddSingleton<ClientAuthentication>();
        builder.Services.AddSingleton(services => ClientRegistry.Read(services.GetRequiredService<IConfiguration>()));
        builder.Services.AddSingleton<IValidateOptions<IssuerOptions>, IssuerOptionsValidation>();
        builder.Services.AddOptions<IssuerOptions>()
            .BindConfiguration(IssuerOptions.Section)
            .PostConfigure<IConfiguration>((options, configuration) =>
            {
                if (options.Issuer.Length == 0 && configuration["HTTP_PORT"] is { Length: > 0 } port)
                    options.Issuer = $"http://localhost:{port}";
            })
            .ValidateOnStart();
    }

    public static void MapTokenIssuer(this WebApplication app)
    {
        // Resolved here so that a wrong client setting stops the start, not the first request.
        var clients = app.Services.GetRequiredService<ClientRegistry>();
        if (clients.Count == 0)
            app.Logger.NoClients();

        app.MapGet("/.well-known/openid-configuration", DiscoveryDocument.Get);
        app.MapGet("/.well-known/oauth-authorization-server", DiscoveryDocument.Get); // RFC 8414, section 3: the same document
        app.MapGet(DiscoveryDocument.JwksPath, JsonWebKeys.Get);
        app.MapPost(DiscoveryDocument.TokenPath, TokenEndpoint.PostAsync);
    }

    private sealed class IssuerOptionsValidation : IValidateOptions<IssuerOptions>
    {
        public ValidateOptionsResult Validate(string? name, IssuerOptions options) =>
            options.FirstProblem() is { } problem ? ValidateOptionsResult.Fail(problem) : ValidateOptionsResult.Success;
    }
}
