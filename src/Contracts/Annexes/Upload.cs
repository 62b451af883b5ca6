using Delegation.Contracts.Delegations;
using Delegation.Contracts.V1;
using Delegation.Persistence.Files;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;

namespace Delegation.Contracts.Annexes;

/// <summary>What the first message of an upload says.</summary>
internal sealed record Upload(SharedObjectIds Ids, AnnouncedFile File)
{
    public static Outcome<Upload> Read(UploadAnnexVersionRequest request)
    {
        var violations = new List<FieldViolation>();
        var delegation = IdField.Read("delegation_id", request.DelegationId, violations);
        var annex = IdField.Read("annex_id", request.AnnexId, violations);
        var file = AnnouncedFile.Read(request.FileName, request.File?.ContentType, request.Sha256, request.SizeBytes, violations);

        return violations.Count == 0
            ? new Outcome<Upload>.Accepted(new Upload(new SharedObjectIds(delegation!.Value, annex!.Value), file!))
            : new Outcome<Upload>.Invalid(violations);
    }
}
