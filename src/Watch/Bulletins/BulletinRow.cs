using Delegation.Persistence.Files;
using Delegation.Persistence.Journal;
using Delegation.Persistence.Paging;
using Delegation.Persistence.Tenancy;
using Delegation.Persistence.Work;
using Delegation.Access.V1;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;
using Delegation.Watch.V1;
using Google.Protobuf.WellKnownTypes;
using State = Delegation.Watch.V1.Bulletin.Types.State;

namespace Delegation.Watch.Bulletins;

/// <summary>A published bulletin as the database keeps it.</summary>
internal sealed record BulletinRow
{
    public const string ObjectType = "bulletin";

    public required Guid OwnerId { get; init; }

    public required Guid DelegationId { get; init; }

    public required Guid DelegateId { get; init; }

    public required Guid Id { get; init; }

    public required Guid[] DelegationIds { get; init; }

    public required string Title { get; init; }

    public required int Version { get; init; }

    public Guid? ReplacesBulletinId { get; init; }

    public required DateOnly PeriodStartDay { get; init; }

    public required DateOnly PeriodEndDay { get; init; }

    public required string Introduction { get; init; }

    public required string Language { get; init; }

    /// <summary>A JSON array of entries.</summary>
    public required string Entries { get; init; }

    /// <summary>Null for an extract, and before it is published.</summary>
    public Guid? PdfFileId { get; init; }

    public string PdfSha256 { get; init; } = "";

    public long PdfBytes { get; init; }

    public int PdfPages { get; init; }

    public Guid? HtmlFileId { get; init; }

    public string HtmlSha256 { get; init; } = "";

    public DateOnly? DueDay { get; init; }

    public bool Late { get; init; }

    public required string State { get; init; }

    public required DateTime PublishTime { get; init; }

    public required Guid PublisherId { get; init; }

    public DateTime? AcknowledgeTime { get; init; }

    public Guid? AcknowledgerId { get; init; }

    public required long Revision { get; init; }

    public Parties Parties => new(OwnerId, DelegationId, DelegateId);

    public FileParty Party => new(OwnerId, DelegationId, DelegateId, Visibility.Both);

    /// <summary>Whether it is what the delegate still reads of a bulletin, one of whose delegations it left.</summary>
    public bool IsExtract { get; init; }

    public State In => StoredNames.Read<State>(State);

    public PageKey PageKey => new(PublishTime, Id);

    /// <summary>What waits for the insurer until it acknowledged.</summary>
    public OpenWork Work => new(
        new WorkItemKey("bulletin.acknowledge", ObjectType, Id, Side.Insurer), OwnerId, DelegationId, DelegateId,
        new LocalizedText($"Acknowledge the watch bulletin: {Title}", $"Accuser réception du livrable de veille : {Title}"))
    {
        Roles = [Role.Watch, Role.Compliance, Role.DelegationManager],
    };

    /// <summary>The bulletin without its entries, as lists and the journal tell it.</summary>
    public Bulletin ToSummary() => new()
    {
        Id = Id.ToString(),
        DelegationIds = { DelegationIds.Select(id => id.ToString()) },
        Title = Title,
        Version = Version,
        ReplacesBulletinId = ReplacesBulletinId?.ToString() ?? "",
        PeriodStartDay = DayField.Write(PeriodStartDay),
        PeriodEndDay = DayField.Write(PeriodEndDay),
        Introduction = Introduction,
        Language = Language,
        PdfSha256 = PdfSha256,
        PdfBytes = PdfBytes,
        PdfPages = PdfPages,
        HtmlSha256 = HtmlSha256,
        DueDay = DayField.Write(DueDay),
        Late = Late,
        State = In,
        PublishTime = Timestamp.FromDateTime(PublishTime),
        PublisherId = PublisherId.ToString(),
        AcknowledgeTime = AcknowledgeTime is { } time ? Timestamp.FromDateTime(time) : null,
        AcknowledgerId = AcknowledgerId?.ToString() ?? "",
        Extract = IsExtract,
    };

    public Bulletin ToMessage()
    {
        var message = ToSummary();
        message.Entries.AddRange(ProtoJson.ReadList<BulletinEntry>(Entries));
        return message;
    }
}

/// <summary>Bulletins in the database: one statement per call, of one side.</summary>
internal static class BulletinStore
{
    private const string Columns =
        """
        owner_id AS ownerid, delegation_id AS delegationid, delegate_id AS delegateid, bulletin_id AS id, delegation_ids AS delegationids, title, version,
        replaces_bulletin_id AS replacesbulletinid, period_start_day AS periodstartday, period_end_day AS periodendday, introduction, language,
        entries::text AS entries, pdf_file_id AS pdffileid, pdf_sha256 AS pdfsha256, pdf_bytes AS pdfbytes, pdf_pages AS pdfpages, html_file_id AS htmlfileid,
        html_sha256 AS htmlsha256, due_day AS dueday, late, state, publish_time AS publishtime, publisher_id AS publisherid,
        acknowledge_time AS acknowledgetime, acknowledger_id AS acknowledgerid, revision, visibility = 'delegate' AS isextract
        """;

    public static Task InsertBulletinAsync(this TenantSession session, BulletinRow bulletin, CancellationToken cancellationToken) => session.ExecuteAsync(
        """
        INSERT INTO bulletin (
            owner_id, delegation_id, delegate_id, bulletin_id, delegation_ids, title, version, replaces_bulletin_id, period_start_day, period_end_day, introduction,
            language, entries, pdf_file_id, pdf_sha256, pdf_bytes, pdf_pages, html_file_id, html_sha256, due_day, late, state, publish_time, publisher_id, revision)
        VALUES (
            @OwnerId, @DelegationId, @DelegateId, @Id, @DelegationIds, @Title, @Version, @ReplacesBulletinId, @PeriodStartDay, @PeriodEndDay, @Introduction,
            @Language, @Entries::jsonb, @PdfFileId, @PdfSha256, @PdfBytes, @PdfPages, @HtmlFileId, @HtmlSha256, @DueDay, @Late, @State, @PublishTime, @PublisherId,
            @Revision)
        """,
        bulletin,
        cancellationToken);

    /// <summary>Writes what may still change: whether it is acknowledged, or replaced.</summary>
    public static Task UpdateBulletinAsync(this TenantSession session, BulletinRow bulletin, CancellationToken cancellationToken) => session.ExecuteAsync(
        """
        UPDATE bulletin SET state = @State, acknowledge_time = @AcknowledgeTime, acknowledger_id = @AcknowledgerId, revision = @Revision
        WHERE owner_id = @OwnerId AND bulletin_id = @Id
        """,
        bulletin,
        cancellationToken);

    /// <summary>A bulletin that the caller takes part in; commands hold it until the end of the transaction.</summary>
    public static async Task<Outcome<BulletinRow>> FindBulletinAsync(this TenantSession session, Guid id, bool locking, CancellationToken cancellationToken) =>
        await session.FindAsync<BulletinRow>(
            $"SELECT {Columns} FROM bulletin WHERE {Parties.Column(session.Caller.Side)} = @OrganizationId AND bulletin_id = @id {(locking ? "FOR UPDATE" : "")}",
            new { session.Caller.OrganizationId, id },
            cancellationToken) is { } bulletin
            ? new Outcome<BulletinRow>.Accepted(bulletin)
            : new Outcome<BulletinRow>.NotFound("BULLETIN_NOT_FOUND", new("There is no bulletin with this id.", "Aucun livrable n'a cet identifiant."));

    /// <summary>The latest first.</summary>
    public static Task<IReadOnlyList<BulletinRow>> ListBulletinsAsync(
        this TenantSession session, Guid? delegationId, string? state, PageRequest page, CancellationToken cancellationToken) =>
        session.QueryAsync<BulletinRow>(
            $"""
            SELECT {Columns} FROM bulletin
            WHERE {Parties.Column(session.Caller.Side)} = @OrganizationId AND (publish_time, bulletin_id) < (@before, @beforeId)
              AND (@delegationId::uuid IS NULL OR @delegationId = ANY (delegation_ids)) AND (@state::text IS NULL OR state = @state)
            ORDER BY publish_time DESC, bulletin_id DESC
            LIMIT @Limit
            """,
            new
            {
                session.Caller.OrganizationId,
                delegationId,
                state,
                before = page.After?.Time ?? DateTime.SpecifyKind(DateTime.MaxValue, DateTimeKind.Utc),
                beforeId = page.After?.Id ?? Guid.AllBitsSet,
                page.Limit,
            },
            cancellationToken);
}
