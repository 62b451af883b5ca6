using Delegation.Contracts.Delegations;
using Delegation.Contracts.V1;
using Delegation.Persistence.Files;
using Delegation.Persistence.Journal;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Time;
using Google.Protobuf.WellKnownTypes;

namespace Delegation.Contracts.EvidenceFiles;

/// <summary>Files that evidence is made of, in the database.</summary>
internal static class StoredEvidence
{
    /// <summary>Stores a file that was received and found right, and says what it is.</summary>
    public static async Task<EvidenceFile> StoreEvidenceAsync(
        this TenantSession session, SharedDelegation delegation, Visibility visibility, Attachment attachment, ReceivedFile file, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var id = NewId.At(now);
        await session.StoreFileAsync(new FileParty(delegation.InsurerId, delegation.Id, delegation.DelegateId, visibility), id, file, now.InMicroseconds(), cancellationToken);
        return new EvidenceFile
        {
            Id = id.ToString(), FileName = attachment.File.Name, ContentType = attachment.File.Type.MediaType, SizeBytes = file.Size, Sha256 = file.Sha256,
            PersonId = session.Caller.PersonId.ToString(), UploadTime = Timestamp.FromDateTime(now.InMicroseconds()),
        };
    }
}
