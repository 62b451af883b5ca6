using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Outcomes;

namespace Delegation.Reporting.Reports;

/// <summary>Reports, their versions and their disputes in the database, within a delegation that the caller was found to take part in.</summary>
internal static class ReportStore
{
    private const string Columns =
        """
        SELECT owner_id AS ownerid, delegation_id AS delegationid, delegate_id AS delegateid, report_id AS id, calendar_id AS calendarid, kind, title,
               period_start_day AS periodstartday, period_end_day AS periodendday, due_day AS dueday, publish_time AS publishtime, version, acceptance,
               late_time AS latetime, revision
        FROM report
        """;

    private const string Versions =
        """
        SELECT version, valuation_day AS valuationday, sha256, size_bytes AS sizebytes, line_count AS linecount, difference_count AS differencecount, reason,
               person_id AS personid, publish_time AS publishtime
        FROM report_version
        """;

    /// <summary>The report, or not found.</summary>
    public static Task<Outcome<ReportRow>> FindReportAsync(this TenantSession session, KnownDelegation delegation, Guid id, CancellationToken cancellationToken) =>
        session.FindReportAsync(delegation, id, "", cancellationToken);

    /// <summary>The same for a command: until its end nobody else changes it.</summary>
    public static Task<Outcome<ReportRow>> LockReportAsync(this TenantSession session, KnownDelegation delegation, Guid id, CancellationToken cancellationToken) =>
        session.FindReportAsync(delegation, id, "FOR NO KEY UPDATE", cancellationToken);

    /// <summary>The same without a caller.</summary>
    public static Task<ReportRow?> LockReportAsync(this SystemSession session, Guid ownerId, Guid id, CancellationToken cancellationToken) =>
        session.FindAsync<ReportRow>($"{Columns} WHERE owner_id = @ownerId AND report_id = @id FOR NO KEY UPDATE", new { ownerId, id }, cancellationToken);

    /// <summary>Adds a report that fell due; false when it is there.</summary>
    public static async Task<bool> InsertReportAsync(this SystemSession session, ReportRow row, CancellationToken cancellationToken) => await session.ExecuteAsync(
        """
        INSERT INTO report (owner_id, delegation_id, delegate_id, report_id, calendar_id, kind, title, period_start_day, period_end_day, due_day, revision)
        VALUES (@OwnerId, @DelegationId, @DelegateId, @Id, @CalendarId, @Kind, @Title, @PeriodStartDay, @PeriodEndDay, @DueDay, @Revision)
        ON CONFLICT (owner_id, delegation_id, calendar_id, period_start_day) DO NOTHING
        """,
        row,
        cancellationToken) == 1;

    public static Task SaveReportAsync(this DatabaseSession session, ReportRow row, CancellationToken cancellationToken) => session.ExecuteAsync(
        """
        UPDATE report
        SET publish_time = @PublishTime, version = @Version, acceptance = @Acceptance, late_time = @LateTime, revision = @Revision
        WHERE owner_id = @OwnerId AND delegation_id = @DelegationId AND report_id = @Id
        """,
        row,
        cancellationToken);

    /// <summary>The versions of a report, the latest first.</summary>
    public static Task<IReadOnlyList<VersionRow>> ListVersionsAsync(this TenantSession session, ReportRow row, CancellationToken cancellationToken) =>
        session.QueryAsync<VersionRow>($"{Versions} WHERE owner_id = @OwnerId AND delegation_id = @DelegationId AND report_id = @Id ORDER BY version DESC", row, cancellationToken);

    /// <summary>The disputes of a report, the oldest first.</summary>
    public static Task<IReadOnlyList<DisputeRow>> ListDisputesAsync(this TenantSession session, ReportRow row, CancellationToken cancellationToken) =>
        session.QueryAsync<DisputeRow>(
            """
            SELECT dispute_id AS id, version, table_key AS tablekey, line_key AS linekey, column_key AS columnkey, published, claimed, reason, person_id AS personid,
                   dispute_time AS disputetime, insurer_resolution AS insurerresolution, delegate_resolution AS delegateresolution, resolve_time AS resolvetime
            FROM report_dispute
            WHERE owner_id = @OwnerId AND delegation_id = @DelegationId AND report_id = @Id
            ORDER BY dispute_id
            """,
            row,
            cancellationToken);

    public static Task InsertDisputeAsync(this TenantSession session, ReportRow row, DisputeRow dispute, CancellationToken cancellationToken) => session.ExecuteAsync(
        """
        INSERT INTO report_dispute (owner_id, delegation_id, delegate_id, report_id, dispute_id, version, table_key, line_key, column_key, published, claimed, reason,
                                    person_id, dispute_time)
        VALUES (@OwnerId, @DelegationId, @DelegateId, @ReportId, @Id, @Version, @TableKey, @LineKey, @ColumnKey, @Published, @Claimed, @Reason, @PersonId, @DisputeTime)
        """,
        new
        {
            row.OwnerId, row.DelegationId, row.DelegateId, ReportId = row.Id, dispute.Id, dispute.Version, dispute.TableKey, dispute.LineKey, dispute.ColumnKey,
            dispute.Published, dispute.Claimed, dispute.Reason, dispute.PersonId, dispute.DisputeTime,
        },
        cancellationToken);

    public static Task SaveDisputeAsync(this TenantSession session, ReportRow row, DisputeRow dispute, CancellationToken cancellationToken) => session.ExecuteAsync(
        """
        UPDATE report_dispute
        SET insurer_resolution = @InsurerResolution, delegate_resolution = @DelegateResolution, resolve_time = @ResolveTime
        WHERE owner_id = @OwnerId AND delegation_id = @DelegationId AND report_id = @ReportId AND dispute_id = @Id
        """,
        new { row.OwnerId, row.DelegationId, ReportId = row.Id, dispute.Id, dispute.InsurerResolution, dispute.DelegateResolution, dispute.ResolveTime },
        cancellationToken);

    private static async Task<Outcome<ReportRow>> FindReportAsync(
        this TenantSession session, KnownDelegation delegation, Guid id, string locking, CancellationToken cancellationToken) =>
        await session.FindAsync<ReportRow>(
            $"{Columns} WHERE owner_id = @OwnerId AND delegation_id = @DelegationId AND report_id = @id {locking}",
            new { delegation.OwnerId, delegation.DelegationId, id },
            cancellationToken) is { } row
            ? new Outcome<ReportRow>.Accepted(row)
            : new Outcome<ReportRow>.NotFound("REPORT_NOT_FOUND", new("There is no report with this id in the delegation.", "Aucun reporting de la délégation n'a cet identifiant."));
}
