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
    /// True when the token was found good before and still is; its claims are then the user of <paramref name="context"/>. False says nothing
    /// about it: ask <see cref="RefusalAsync"/>, which costs more.
    /// </summary>
    public async ValueTask<bool> IsKnownAsync(HttpContext context)
    {
        var keys = await KeysAsync(context.RequestAborted);
        if (keys is null || _known.Find(context.Request.Headers.Authorization.ToString(), keys) is not { } bearer)
            return false;

        context.User = bearer;
        return true;
    }

    /// <summary>
    /// Null when the call has a valid token, whose claims are then the user of <paramref name="context"/>; else what is wrong. Why exactly a
    /// token does not hold is not told: it would help nobody but who forges one.
    /// </summary>
    public async ValueTask<Refusal?> RefusalAsync(HttpContext context)
    {
        if (await IsKnownAsync(context))
            return null;

        // Asked before the check, so that what is remembered cannot outlive keys that change meanwhile.
        var keys = await KeysAsync(context.RequestAborted);
        var check = await context.AuthenticateAsync(JwtBearerDefaults.AuthenticationScheme);
        if (TokenRefusals.Of(check) is { } refusal)
            return refusal;

        context.User = check.Principal!;
        if (keys is not null && check.Properties?.ExpiresUtc is { } expiry)
            _known.Remember(
                context.Request.Headers.Authorization.ToString(), keys, check.Principal!, expiry + Options.TokenValidationParameters.ClockSkew);

        return null;
    }

    private JwtBearerOptions Options => _options.Get(JwtBearerDefaults.AuthenticationScheme);

    // The same object until the issuer is asked again: every few hours, or at once when a token comes with a key that is not known.
    private async ValueTask<object?> KeysAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await Options.ConfigurationManager!.GetConfigurationAsync(cancellationToken);
        }
        catch (Exception unreachable) when (unreachable is not OperationCanceledException)
        {
            // The check meets it again and says so.
            return null;
        }
    }
}
