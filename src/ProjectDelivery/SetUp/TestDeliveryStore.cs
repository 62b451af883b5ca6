using Delegation.Persistence.Paging;
using Delegation.Persistence.Tenancy;
using Delegation.ProjectDelivery.Projects;
using Delegation.ServiceDefaults.Outcomes;

namespace Delegation.ProjectDelivery.SetUp;

/// <summary>Test deliveries in the database: one statement per call, within a project that the caller was found to take part in.</summary>
internal static class TestDeliveryStore
{
    private const string Columns =
        """
        owner_id AS ownerid, delegation_id AS delegationid, delegate_id AS delegateid, project_id AS projectid, test_delivery_id AS id,
        report_id AS reportid, report_revision AS reportrevision, number, period_first_day AS periodfirstday, period_last_day AS periodlastday,
        file_name AS filename, file_sha256 AS filesha256, state, insurer_accept_time AS insureraccepttime, delegate_accept_time AS delegateaccepttime,
        create_time AS createtime, agree_time AS agreetime, revision
        """;

    public static Task InsertDeliveryAsync(this TenantSession session, TestDeliveryRow delivery, CancellationToken cancellationToken) => session.ExecuteAsync(
        """
        INSERT INTO test_delivery (
            owner_id, delegation_id, delegate_id, project_id, test_delivery_id, report_id, report_revision, number, period_first_day, period_last_day,
            file_name, file_sha256, state, insurer_accept_time, delegate_accept_time, create_time, agree_time, revision)
        VALUES (
            @OwnerId, @DelegationId, @DelegateId, @ProjectId, @Id, @ReportId, @ReportRevision, @Number, @PeriodFirstDay, @PeriodLastDay, @FileName,
            @FileSha256, @State, @InsurerAcceptTime, @DelegateAcceptTime, @CreateTime, @AgreeTime, @Revision)
        """,
        delivery,
        cancellationToken);

    public static Task UpdateDeliveryAsync(this TenantSession session, TestDeliveryRow delivery, CancellationToken cancellationToken) => session.ExecuteAsync(
        """
        UPDATE test_delivery SET
            state = @State, insurer_accept_time = @InsurerAcceptTime, delegate_accept_time = @DelegateAcceptTime, agree_time = @AgreeTime, revision = @Revision
        WHERE owner_id = @OwnerId AND project_id = @ProjectId AND test_delivery_id = @Id
        """,
        delivery,
        cancellationToken);

    /// <summary>Puts these lines in the place of all that the delivery had.</summary>
    public static Task ReplaceLinesAsync(
        this TenantSession session, TestDeliveryRow delivery, IReadOnlyList<ReconciledLine> lines, CancellationToken cancellationToken) => session.ExecuteAsync(
        """
        DELETE FROM test_delivery_line WHERE owner_id = @OwnerId AND test_delivery_id = @Id;
        INSERT INTO test_delivery_line (
            owner_id, delegation_id, delegate_id, test_delivery_id, label, insurer_count, insurer_cents, delegate_count, delegate_cents, explanation, explained_by)
        SELECT @OwnerId, @DelegationId, @DelegateId, @Id, l.*
        FROM unnest(@labels::text[], @insurerCounts::bigint[], @insurerCents::bigint[], @delegateCounts::bigint[], @delegateCents::bigint[],
                    @explanations::text[], @explainedBy::text[]) AS l
        """,
        new
        {
            delivery.OwnerId,
            delivery.DelegationId,
            delivery.DelegateId,
            delivery.Id,
            labels = lines.Select(line => line.Label).ToArray(),
            insurerCounts = lines.Select(line => line.Insurer?.Count).ToArray(),
            insurerCents = lines.Select(line => line.Insurer?.AmountCents).ToArray(),
            delegateCounts = lines.Select(line => line.Delegate?.Count).ToArray(),
            delegateCents = lines.Select(line => line.Delegate?.AmountCents).ToArray(),
            explanations = lines.Select(line => line.Explanation).ToArray(),
            explainedBy = lines.Select(line => line.ExplainedBy).ToArray(),
        },
        cancellationToken);

    /// <summary>The lines of a delivery, those without label first and then in the order of labels.</summary>
    public static async Task<IReadOnlyList<ReconciledLine>> ListLinesAsync(
        this TenantSession session, TestDeliveryRow delivery, CancellationToken cancellationToken)
    {
        var rows = await session.QueryAsync<StoredLine>(
            """
            SELECT label, insurer_count AS insurercount, insurer_cents AS insurercents, delegate_count AS delegatecount, delegate_cents AS delegatecents,
                   explanation, explained_by AS explainedby
            FROM test_delivery_line
            WHERE owner_id = @OwnerId AND test_delivery_id = @Id
            ORDER BY label COLLATE "C"
            """,
            new { delivery.OwnerId, delivery.Id },
            cancellationToken);
        return
        [
            .. rows.Select(row => new ReconciledLine(
                row.Label,
                row.InsurerCount is { } insurer ? new CountedLine(insurer, row.InsurerCents) : null,
                row.DelegateCount is { } other ? new CountedLine(other, row.DelegateCents) : null,
                row.Explanation,
                row.ExplainedBy)),
        ];
    }

    /// <summary>A delivery of a project. Commands lock the project before, and with it all of its deliveries.</summary>
    public static async Task<Outcome<TestDeliveryRow>> FindDeliveryAsync(
        this TenantSession session, ProjectRow project, Guid id, CancellationToken cancellationToken) =>
        await session.FindAsync<TestDeliveryRow>(
            $"SELECT {Columns} FROM test_delivery WHERE owner_id = @OwnerId AND project_id = @ProjectId AND test_delivery_id = @id",
            new { project.OwnerId, ProjectId = project.Id, id },
            cancellationToken) is { } found
            ? new Outcome<TestDeliveryRow>.Accepted(found)
            : new Outcome<TestDeliveryRow>.NotFound(
                "TEST_DELIVERY_NOT_FOUND", new("There is no test delivery with this id.", "Aucune remise à blanc n'a cet identifiant."));

    /// <summary>The oldest first.</summary>
    public static Task<IReadOnlyList<TestDeliveryRow>> ListDeliveriesAsync(
        this TenantSession session, ProjectRow project, Guid? reportId, PageRequest page, CancellationToken cancellationToken) =>
        session.QueryAsync<TestDeliveryRow>(
            $"""
            SELECT {Columns}
            FROM test_delivery
            WHERE owner_id = @OwnerId AND project_id = @ProjectId AND test_delivery_id > @after AND (@reportId::uuid IS NULL OR report_id = @reportId)
            ORDER BY test_delivery_id
            LIMIT @Limit
            """,
            new { project.OwnerId, ProjectId = project.Id, after = page.After?.Id ?? Guid.Empty, reportId, page.Limit },
            cancellationToken);

    /// <summary>The latest delivery of each report.</summary>
    public static Task<IReadOnlyList<TestDeliveryRow>> ListLatestDeliveriesAsync(
        this TenantSession session, ProjectRow project, CancellationToken cancellationToken) =>
        session.QueryAsync<TestDeliveryRow>(
            $"""
            SELECT DISTINCT ON (report_id) {Columns}
            FROM test_delivery
            WHERE owner_id = @OwnerId AND project_id = @Id
            ORDER BY report_id, number DESC
            """,
            new { project.OwnerId, project.Id },
            cancellationToken);

    private sealed record StoredLine(
        string Label, long? InsurerCount, long? InsurerCents, long? DelegateCount, long? DelegateCents, string Explanation, string? ExplainedBy);
}
