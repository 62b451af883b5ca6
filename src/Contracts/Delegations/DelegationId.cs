using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;

namespace Delegation.Contracts.Delegations;

/// <summary>Reads the id of a delegation from a request that has nothing else to be wrong.</summary>
internal static class DelegationId
{
    public static Outcome<Guid> Parse(string text)
    {
        var violations = new List<FieldViolation>();
        return IdField.Read("delegation_id", text, violations) is { } id
            ? new Outcome<Guid>.Accepted(id)
            : new Outcome<Guid>.Invalid(violations);
    }
}
