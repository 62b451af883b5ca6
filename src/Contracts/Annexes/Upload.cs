using Delegation.Contracts.Delegations;
using Delegation.Contracts.V1;
using Delegation.Persistence.Files;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;

namespace Delegation.Contracts.Annexes;

/// <summary>What the first message of an upload says.</summary>
internal sealed record Upload(SharedObjectIds Ids, string FileName, FileType Type, string Sha256)
{
    public static Outcome<Upload> Read(UploadAnnexVersionRequest request)
    {
        var violations = new List<FieldViolation>();
        var delegation = IdField.Read("delegation_id", request.DelegationId, violations);
        var annex = IdField.Read("annex_id", request.AnnexId, violations);
        var type = FileType.Read(request.File?.ContentType ?? "", violations);
        var name = Persistence.Files.FileName.Read("file_name", request.FileName, type, violations);
        var sha256 = FileHash.Read("sha256", request.Sha256, violations);
        if (request.SizeBytes < 0)
            violations.Add(new("size_bytes", "SIZE_BYTES_NEGATIVE", new("A size is not negative.", "Une taille n'est pas négative."), new("Give the size of the file in bytes, or 0.", "Indiquez la taille du fichier en octets, ou 0.")));

        return violations.Count == 0
            ? new Outcome<Upload>.Accepted(new Upload(new SharedObjectIds(delegation!.Value, annex!.Value), name!, type!, sha256!))
            : new Outcome<Upload>.Invalid(violations);
    }
}
