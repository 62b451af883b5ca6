using Delegation.Gateway.Forwarding;
using Delegation.Gateway.Rest.Calls;
using Delegation.ServiceDefaults.Access;
using Delegation.ServiceDefaults.Errors;

namespace Delegation.Gateway.Limits;

/// <summary>
/// What every call passes: a valid token, and not too many calls. The token goes on untouched: the service validates it too, and alone knows
/// what its bearer may do.
/// </summary>
internal sealed class CallGate(CallerToken token, CallLimits limits)
{
    /// <summary>Lets a call in, or says why not. Whoever is let in gives the count back by <see cref="CallCount.Close"/>.</summary>
    public async ValueTask<(CallCount? Person, Refusal? Refusal)> EnterAsync(HttpContext context)
    {
        // A full check costs as much as a call, so whoever sends made-up tokens is stopped before it.
        if (!await token.IsKnownAsync(context)
            && (limits.OfStranger(Subject.Address(context.Connection.RemoteIpAddress)) ?? await token.RefusalAsync(context)) is { } refused)
            return (null, refused);

        var person = limits.Of(Subject.Person(context.User));
        return limits.Begin(person, Named(context)) is { } refusal ? (null, refusal) : (person, null);
    }

    /// <summary>The organisation that the caller named, where services will read it: metadata in gRPC, a header in REST; empty for none.</summary>
    public static string Named(HttpContext context) =>
        context.Request.Headers[context.Request.IsGrpc() ? "organization" : RestHeaders.Organization].ToString();
}
