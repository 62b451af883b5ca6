using Delegation.Persistence.Paging;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;

namespace Delegation.Contracts.Delegations;

/// <summary>The ids in a request about one object of a delegation.</summary>
internal sealed record SharedObjectIds(Guid Delegation, Guid Object)
{
    /// <param name="delegationId">The field <c>delegation_id</c>.</param>
    /// <param name="field">The name of the other field, as <c>letter_id</c>.</param>
    /// <param name="objectId">The other field.</param>
    public static Outcome<SharedObjectIds> Read(string delegationId, string field, string objectId)
    {
        var violations = new List<FieldViolation>();
        var delegation = IdField.Read("delegation_id", delegationId, violations);
        var other = IdField.Read(field, objectId, violations);

        return delegation is { } id && other is { } otherId
            ? new Outcome<SharedObjectIds>.Accepted(new SharedObjectIds(id, otherId))
            : new Outcome<SharedObjectIds>.Invalid(violations);
    }
}

/// <summary>Which page of a delegation's objects is asked for.</summary>
internal sealed record SharedObjectPage(Guid Delegation, PageRequest Page)
{
    public static Outcome<SharedObjectPage> Read(string delegationId, int pageSize, string pageToken)
    {
        var violations = new List<FieldViolation>();
        var delegation = IdField.Read("delegation_id", delegationId, violations);
        var page = PageRequest.Read(pageSize, pageToken, violations);

        return delegation is { } id && violations.Count == 0
            ? new Outcome<SharedObjectPage>.Accepted(new SharedObjectPage(id, page))
            : new Outcome<SharedObjectPage>.Invalid(violations);
    }
}
