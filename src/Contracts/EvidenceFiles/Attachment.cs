using Delegation.Contracts.Delegations;
using Delegation.Persistence.Files;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;

namespace Delegation.Contracts.EvidenceFiles;

/// <summary>What the first message of a file says.</summary>
internal sealed record Attachment(SharedObjectIds Ids, AnnouncedFile File)
{
    /// <param name="delegationId">The field <c>delegation_id</c>.</param>
    /// <param name="of">The field that says to what the file belongs, as <c>control_id</c>, and what it holds.</param>
    /// <param name="name">The field <c>file_name</c>.</param>
    /// <param name="contentType">The media type in the field <c>file</c>.</param>
    /// <param name="sha256">The field <c>sha256</c>.</param>
    /// <param name="size">The field <c>size_bytes</c>.</param>
    public static Outcome<Attachment> Read(string delegationId, (string Field, string Id) of, string name, string? contentType, string sha256, long size)
    {
        var violations = new List<FieldViolation>();
        var delegation = IdField.Read("delegation_id", delegationId, violations);
        var id = IdField.Read(of.Field, of.Id, violations);
        var file = AnnouncedFile.Read(name, contentType, sha256, size, violations);

        return violations.Count == 0
            ? new Outcome<Attachment>.Accepted(new Attachment(new SharedObjectIds(delegation!.Value, id!.Value), file!))
            : new Outcome<Attachment>.Invalid(violations);
    }
}
