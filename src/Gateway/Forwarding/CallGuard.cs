using Delegation.Gateway.Limits;

namespace Delegation.Gateway.Forwarding;

/// <summary>Refuses a call without a valid token, or one too many, before any service hears of it.</summary>
internal sealed class CallGuard(RequestDelegate next, CallGate gate)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var (person, refusal) = await gate.EnterAsync(context);
        if (person is null)
        {
            refusal!.Answer(context);
            return;
        }

        try
        {
            await next(context);
            person.ActsFor.Learn(CallGate.Named(context), context.Response.Headers["organization"] is [{ } organization] ? organization : null);
        }
        finally
        {
            person.Close();
        }
    }
}
