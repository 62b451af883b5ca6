using Microsoft.AspNetCore.Authentication.JwtBearer;

namespace Delegation.ServiceDefaults.Access;

/// <summary>The issuer could not be asked for its keys, so nothing is known about a token.</summary>
internal sealed class IssuerAway(Exception cause) : Exception("The issuer of tokens cannot be reached.", cause)
{
    /// <summary>Without keys every token looks forged. That is an outage and not the caller's mistake.</summary>
    public static async Task TellApartAsync(AuthenticationFailedContext failure)
    {
        try
        {
            await failure.Options.ConfigurationManager!.GetConfigurationAsync(failure.HttpContext.RequestAborted);
        }
        catch (Exception unreachable) when (unreachable is not OperationCanceledException)
        {
            failure.Fail(new IssuerAway(unreachable));
        }
    }
}
