using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Delegation.Delivery.V1;
using Delegation.Persistence.Tenancy;
using Delegation.ProjectDelivery.Committees;
using Delegation.ServiceDefaults.Fields;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Delegation.ProjectDelivery.Packs;

/// <summary>A document as the table <c>committee_document</c> has it.</summary>
internal sealed record DocumentRow(
    Guid DocumentId, int Version, string Kind, string Title, DateOnly PeriodStartDay, DateOnly PeriodEndDay, string Sha256, DateTime PublishTime)
{
    /// <summary>The document whose place it takes, where that is another one.</summary>
    public Guid? ReplacesDocumentId { get; init; }

    public PackDocument ToMessage() => new()
    {
        Kind = StoredNames.Read<PackDocument.Types.Kind>(Kind), DocumentId = DocumentId.ToString(), Version = Version, Title = Title,
        PeriodStartDay = DayField.Write(PeriodStartDay), PeriodEndDay = DayField.Write(PeriodEndDay), Sha256 = Sha256, PublishTime = Timestamp.FromDateTime(PublishTime),
    };
}

/// <summary>Packs and what they hold in the database, within a meeting that was found.</summary>
internal static class PackStore
{
    private const int MostDocuments = 200;

    /// <summary>What a meeting has before it at an instant: the latest version of each document that came since the pack before was sealed, without those whose place another one took.</summary>
    public static async Task<Pack> GatherAsync(this DatabaseSession session, MeetingRow meeting, DateTime at, CancellationToken cancellationToken)
    {
        var documents = await session.QueryAsync<DocumentRow>(
            """
            SELECT d.document_id AS documentid, d.version, d.kind, d.title, d.period_start_day AS periodstartday, d.period_end_day AS periodendday, d.sha256,
                   d.publish_time AS publishtime
            FROM (
                SELECT DISTINCT ON (document_id) *
                FROM committee_document
                WHERE owner_id = @OwnerId AND delegation_id = @DelegationId AND publish_time <= @at AND publish_time > coalesce((
                    SELECT max(p.seal_time) FROM meeting_pack p
                    WHERE p.owner_id = @OwnerId AND p.committee_id = @CommitteeId AND p.meeting_id <> @Id AND p.seal_time < @at), '-infinity')
                  AND document_id NOT IN (
                    SELECT r.replaces_document_id FROM committee_document r
                    WHERE r.owner_id = @OwnerId AND r.delegation_id = @DelegationId AND r.replaces_document_id IS NOT NULL AND r.publish_time <= @at)
                ORDER BY document_id, version DESC) d
            ORDER BY d.publish_time, d.document_id
            LIMIT @MostDocuments
            """,
            new { meeting.OwnerId, meeting.DelegationId, meeting.CommitteeId, meeting.Id, at, MostDocuments },
            cancellationToken);
        return new Pack { MeetingId = meeting.Id.ToString(), Documents = { documents.Select(document => document.ToMessage()) } };
    }

    /// <summary>The pack as it was sealed; null before.</summary>
    public static async Task<Pack?> FindPackAsync(this DatabaseSession session, MeetingRow meeting, CancellationToken cancellationToken) =>
        await session.FindAsync<byte[]>(
            "SELECT content FROM meeting_pack WHERE owner_id = @OwnerId AND meeting_id = @Id", new { meeting.OwnerId, meeting.Id }, cancellationToken) is { } content
            ? Pack.Parser.ParseFrom(content)
            : null;

    public static Task InsertPackAsync(this SystemSession session, MeetingRow meeting, Pack pack, CancellationToken cancellationToken) => session.ExecuteAsync(
        """
        INSERT INTO meeting_pack (owner_id, delegation_id, delegate_id, committee_id, meeting_id, content, seal_time)
        VALUES (@OwnerId, @DelegationId, @DelegateId, @CommitteeId, @Id, @content, @sealTime)
        """,
        new { meeting.OwnerId, meeting.DelegationId, meeting.DelegateId, meeting.CommitteeId, meeting.Id, content = pack.ToByteArray(), sealTime = pack.SealTime.ToDateTime() },
        cancellationToken);

    /// <summary>Keeps what was published in a delegation, of which Contracts may not have told yet.</summary>
    public static Task SaveDocumentAsync(this SystemSession session, Parties parties, DocumentRow document, CancellationToken cancellationToken) => session.ExecuteAsync(
        """
        INSERT INTO delegation (owner_id, delegation_id, delegate_id, state, revision)
        VALUES (@OwnerId, @DelegationId, @DelegateId, 'open', 0)
        ON CONFLICT DO NOTHING;
        INSERT INTO committee_document (
            owner_id, delegation_id, delegate_id, document_id, version, kind, title, period_start_day, period_end_day, sha256, publish_time, replaces_document_id)
        VALUES (
            @OwnerId, @DelegationId, @DelegateId, @DocumentId, @Version, @Kind, @Title, @PeriodStartDay, @PeriodEndDay, @Sha256, @PublishTime, @ReplacesDocumentId)
        ON CONFLICT DO NOTHING
        """,
        new
        {
            parties.OwnerId, parties.DelegationId, parties.DelegateId, document.DocumentId, document.Version, document.Kind, document.Title, document.PeriodStartDay,
            document.PeriodEndDay, document.Sha256, document.PublishTime, document.ReplacesDocumentId,
        },
        cancellationToken);

    /// <summary>What seals a pack: its documents, by version and hash.</summary>
    public static string Seal(IEnumerable<PackDocument> documents) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(
        documents.Select(document => string.Create(CultureInfo.InvariantCulture, $"{document.DocumentId} {document.Version} {document.Sha256}\n"))))));
}
