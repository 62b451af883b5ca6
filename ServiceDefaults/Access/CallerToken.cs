using Delegation.ServiceDefaults.Errors;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Delegation.ServiceDefaults.Access;

/// <summary>Checks the token of a call: in full when it is seen for the first time, by what came of that for as long as nothing changed.</summary>
public sealed class CallerToken
{
    private readonly IOptionsMonitor<JwtBearerOptions> _options;
    private readonly KnownTokens _known;

    internal CallerToken(IOptionsMonitor<JwtBearerOptions> options, KnownTokens known)
    {
        _options = options;
        _known = known;
    }

    /// <summary>
    /// Null when the call has a valid token, whose claims are then the user of <paramref name="context"/>; else what is wrong. Why exactly a
    /// token does not hold is not told: it would help nobody but who forges one.
    /// </summary>
    public async ValueTask<Refusal?> RefusalAsync(HttpContext context)
    {
        var header = context.Request.Headers.Authorization.ToString();
        var options = _options.Get(JwtBearerDefaults.AuthenticationScheme);
        var keys = await KeysAsync(options, context.RequestAborted);
        if (keys is not null && _known.Find(header, keys) is { } bearer)
        {
            context.User = bearer;
            return null;
        }

        var check = await context.AuthenticateAsync(JwtBearerDefaults.AuthenticationScheme);
        if (TokenRefusals.Of(check) is { } refusal)
            return refusal;

        context.User = check.Principal!;
        if (keys is not null && check.Properties?.ExpiresUtc is { } expiry)
            _known.Remember(header, keys, check.Principal!, expiry + options.TokenValidationParameters.ClockSkew);

        return null;
    }

    // The same object until the issuer is asked again: every few hours, or at once when a token comes with a key that is not known.
    private static async ValueTask<object?> KeysAsync(JwtBearerOptions options, CancellationToken cancellationToken)
    {
        try
        {
            return await options.ConfigurationManager!.GetConfigurationAsync(cancellationToken);
        }
        catch (Exception unreachable) when (unreachable is not OperationCanceledException)
        {
            // The check meets it again and says so.
            return null;
        }
    }
}
