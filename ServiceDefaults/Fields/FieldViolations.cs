using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Outcomes;

namespace Delegation.ServiceDefaults.Fields;

/// <summary>Ends the reading of a request.</summary>
public static class FieldViolations
{
    /// <summary>Leaves the call with all violations that were found, if there are any.</summary>
    /// <exception cref="Grpc.Core.RpcException">INVALID_ARGUMENT (INVALID_FIELDS).</exception>
    public static void RefuseIfAny(this IReadOnlyList<FieldViolation> violations)
    {
        ArgumentNullException.ThrowIfNull(violations);
        if (violations.Count > 0)
            new Outcome<FieldViolation>.Invalid(violations).ValueOrStatus();
    }
}
