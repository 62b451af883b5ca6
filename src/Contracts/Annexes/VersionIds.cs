using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;

namespace Delegation.Contracts.Annexes;

/// <summary>The ids in a request about one version.</summary>
internal sealed record VersionIds(Guid Delegation, Guid Annex, Guid Version)
{
    public static Outcome<VersionIds> Read(string delegationId, string annexId, string versionId)
    {
        var violations = new List<FieldViolation>();
        var delegation = IdField.Read("delegation_id", delegationId, violations);
        var annex = IdField.Read("annex_id", annexId, violations);
        var version = IdField.Read("version_id", versionId, violations);

        return violations.Count == 0
            ? new Outcome<VersionIds>.Accepted(new VersionIds(delegation!.Value, annex!.Value, version!.Value))
            : new Outcome<VersionIds>.Invalid(violations);
    }
}
