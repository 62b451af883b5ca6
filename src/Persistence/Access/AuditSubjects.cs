using Delegation.Access.V1;
using Google.Protobuf.Reflection;
using static Google.Protobuf.Reflection.MethodOptions.Types;

namespace Delegation.Persistence.Access;

/// <summary>What of a delegation an rpc reads, as audit missions divide it.</summary>
public static class AuditSubjects
{
    /// <summary>The subject by which auditors may call it; unspecified where it is closed to them. Auditors read.</summary>
    /// <param name="method">The rpc as the contract describes it.</param>
    public static AuditSubject Of(MethodDescriptor method)
    {
        ArgumentNullException.ThrowIfNull(method);

        var options = method.GetOptions();
        return options?.IdempotencyLevel == IdempotencyLevel.NoSideEffects && !options.GetExtension(AccessExtensions.ClosedToAuditors)
            ? method.Service.GetOptions()?.GetExtension(AccessExtensions.Audited) ?? AuditSubject.Unspecified
            : AuditSubject.Unspecified;
    }
}
