using Delegation.Persistence.Tenancy;
using Grpc.Core;

namespace Delegation.Persistence.Access;

/// <summary>Who makes the call that a method serves.</summary>
public static class CallContext
{
    /// <summary>
    /// The metadata with the id of a mission: of an auditor who has several, and of a service that reads for the evidence pack of one. It chooses among
    /// what is open to the caller, and opens nothing.
    /// </summary>
    public const string AuditMission = "audit-mission";

    private static readonly object CallerKey = new();
    private static readonly object PersonKey = new();

    /// <summary>For whom and as what the call is made; without an organisation in rpcs that need none.</summary>
    /// <exception cref="InvalidOperationException">The rpc is open to all, or <c>AddAccess</c> is missing.</exception>
    public static Caller Caller(this ServerCallContext context) => context.Known<Caller>(CallerKey);

    /// <summary>The bearer of the token.</summary>
    /// <exception cref="InvalidOperationException">The rpc is open to all, or <c>AddAccess</c> is missing.</exception>
    public static Person Person(this ServerCallContext context) => context.Known<Person>(PersonKey);

    internal static void Admit(this ServerCallContext context, Person person, Caller caller)
    {
        context.UserState[PersonKey] = person;
        context.UserState[CallerKey] = caller;
    }

    private static T Known<T>(this ServerCallContext context, object key)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.UserState.TryGetValue(key, out var known)
            ? (T)known
            : throw new InvalidOperationException($"Nobody was admitted to {context.Method}.");
    }
}
