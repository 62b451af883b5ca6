using Delegation.ServiceDefaults.Access;

namespace Delegation.Gateway.Forwarding;

/// <summary>
/// Refuses a call without a valid token before any service hears of it. The token goes on untouched: the service validates it too, and
/// alone knows what its bearer may do.
/// </summary>
internal sealed class TokenGuard(RequestDelegate next, CallerToken token)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (await token.RefusalAsync(context) is { } refusal)
            refusal.Answer(context);
        else
            await next(context);
    }
}
