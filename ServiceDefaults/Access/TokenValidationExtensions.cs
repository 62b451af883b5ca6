using Delegation.ServiceDefaults.Access;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace Microsoft.Extensions.Hosting;

/// <summary>The tokens of callers.</summary>
public static class TokenValidationExtensions
{
    private const string Authority = "Authentication:Authority";

    /// <summary>
    /// Validates the access token of each call against the issuer of the setting <c>Authentication:Authority</c>, for the audience
    /// <c>Authentication:Audience</c> (<c>delegation-platform</c>). It refuses nothing by itself: <see cref="CallerToken"/> says what is wrong.
    /// </summary>
    /// <exception cref="InvalidOperationException">There is no issuer.</exception>
    public static void AddTokenValidation(this IHostApplicationBuilder builder)
    {
        var authority = builder.Configuration[Authority] is { Length: > 0 } address
            ? address
            : throw new InvalidOperationException($"The setting {Authority} is missing; it must be the address of an OpenID Connect issuer.");

        // A key that the issuer took into use since the last look is fetched in the call that brings it. Otherwise that call would be refused.
        AppContext.SetSwitch("Switch.Microsoft.IdentityModel.UpdateConfigAsBlocking", true);

        // The only scheme would be everybody's, and a middleware would check each request in full before CallerToken is asked.
        AppContext.SetSwitch("Microsoft.AspNetCore.Authentication.SuppressAutoDefaultScheme", true);

        builder.Services.TryAddSingleton(_ => new KnownTokens(TimeProvider.System));
        builder.Services.TryAddSingleton(services => new CallerToken(
            services.GetRequiredService<IOptionsMonitor<JwtBearerOptions>>(), services.GetRequiredService<KnownTokens>()));
        builder.Services.AddAuthentication().AddJwtBearer(options =>
        {
            options.Authority = authority;
            options.RequireHttpsMetadata = !builder.Environment.IsDevelopment();
            options.BackchannelTimeout = TimeSpan.FromSeconds(10);
            // What made-up key ids can make us ask the issuer, at most; and so how long a key of an issuer that restarts stays unknown.
            options.RefreshInterval = TimeSpan.FromSeconds(10);
            options.MapInboundClaims = false;
            options.IncludeErrorDetails = false;
            options.TokenValidationParameters = new TokenValidationParameters
            {
                ValidAudience = builder.Configuration["Authentication:Audience"] is { Length: > 0 } audience ? audience : "delegation-platform",
                // Named, so that a token is never checked with a public key as if that were a shared secret: RFC 8725 section 3.1.
                ValidAlgorithms = [SecurityAlgorithms.RsaSha256, SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.RsaSsaPssSha256],
                ClockSkew = TimeSpan.FromSeconds(30),
                NameClaimType = "sub",
            };
            options.Events = new JwtBearerEvents { OnAuthenticationFailed = IssuerAway.TellApartAsync };
        });

        // For an hour the library would go on taking keys that the issuer has withdrawn. An issuer withdraws a key when its tokens have expired,
        // or when it is in the wrong hands.
        builder.Services.PostConfigure<JwtBearerOptions>(
            JwtBearerDefaults.AuthenticationScheme,
            options => ((BaseConfigurationManager)options.ConfigurationManager!).UseLastKnownGoodConfiguration = false);
    }
}
