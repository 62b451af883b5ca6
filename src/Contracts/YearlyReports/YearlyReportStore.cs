using Delegation.Contracts.Delegations;
using Delegation.Persistence.Paging;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Outcomes;

namespace Delegation.Contracts.YearlyReports;

/// <summary>Terms, reports and versions in the database. Whoever writes holds the lock of the row: years end, and days pass, without a caller.</summary>
internal static class YearlyReportStore
{
    private const string Terms =
        """
        SELECT owner_id AS ownerid, delegation_id AS delegationid, delegate_id AS delegateid, first_year AS firstyear, first_due_day AS firstdueday, basis, agreement,
               next_year AS nextyear, revision
        FROM yearly_report_terms
        """;

    private const string Reports =
        "SELECT owner_id AS ownerid, delegation_id AS delegationid, delegate_id AS delegateid, report_id AS id, document::text AS document, revision FROM yearly_report";

    private const string OfDelegation = "owner_id = @InsurerId AND delegation_id = @Id";

    public static Task<YearlyReportTermsRow?> FindTermsAsync(this TenantSession session, SharedDelegation delegation, bool isLocked, CancellationToken cancellationToken) =>
        session.FindAsync<YearlyReportTermsRow>($"{Terms} WHERE {OfDelegation}{(isLocked ? " FOR NO KEY UPDATE" : "")}", new { delegation.InsurerId, delegation.Id }, cancellationToken);

    /// <summary>The terms of a delegation that goes on, under their lock.</summary>
    public static Task<YearlyReportTermsRow?> LockTermsAsync(this SystemSession session, Guid ownerId, Guid delegationId, CancellationToken cancellationToken) =>
        session.FindAsync<YearlyReportTermsRow>(
            $"""
            {Terms}
            WHERE owner_id = @ownerId AND delegation_id = @delegationId
              AND EXISTS (SELECT FROM delegation d WHERE d.owner_id = @ownerId AND d.delegation_id = @delegationId AND d.state <> '{DelegationRow.Closed}')
            FOR NO KEY UPDATE
            """,
            new { ownerId, delegationId },
            cancellationToken);

    public static Task SaveTermsAsync(this TenantSession session, YearlyReportTermsRow terms, CancellationToken cancellationToken) => session.ExecuteAsync(
        """
        INSERT INTO yearly_report_terms (owner_id, delegation_id, delegate_id, first_year, first_due_day, basis, agreement, next_year, revision)
        VALUES (@OwnerId, @DelegationId, @DelegateId, @FirstYear, @FirstDueDay, @Basis, @Agreement, @NextYear, @Revision)
        ON CONFLICT (owner_id, delegation_id) DO UPDATE
        SET first_year = excluded.first_year, first_due_day = excluded.first_due_day, basis = excluded.basis, agreement = excluded.agreement,
            next_year = excluded.next_year, revision = excluded.revision
        """,
        terms,
        cancellationToken);

    public static Task SaveNextYearAsync(this SystemSession session, YearlyReportTermsRow terms, CancellationToken cancellationToken) => session.ExecuteAsync(
        "UPDATE yearly_report_terms SET next_year = @NextYear WHERE owner_id = @OwnerId AND delegation_id = @DelegationId", terms, cancellationToken);

    public static async Task<Outcome<YearlyReportRow>> FindReportAsync(
        this TenantSession session, SharedDelegation delegation, Guid reportId, bool isLocked, CancellationToken cancellationToken) =>
        await session.FindAsync<YearlyReportRow>(
            $"{Reports} WHERE {OfDelegation} AND report_id = @reportId{(isLocked ? " FOR NO KEY UPDATE" : "")}", new { delegation.InsurerId, delegation.Id, reportId }, cancellationToken) is { } row
            ? new Outcome<YearlyReportRow>.Accepted(row)
            : YearlyReportRefusals.NotFound;

    public static Task<YearlyReportRow?> LockReportAsync(this SystemSession session, Guid ownerId, Guid reportId, CancellationToken cancellationToken) =>
        session.FindAsync<YearlyReportRow>($"{Reports} WHERE owner_id = @ownerId AND report_id = @reportId FOR NO KEY UPDATE", new { ownerId, reportId }, cancellationToken);

    public static async Task<Page<YearlyReportRow>> ListReportsAsync(this TenantSession session, SharedDelegation delegation, PageRequest page, CancellationToken cancellationToken)
    {
        var rows = await session.QueryAsync<YearlyReportRow>(
            $"{Reports} WHERE {OfDelegation} AND (@after::uuid IS NULL OR report_id < @after) ORDER BY report_id DESC LIMIT @Limit",
            new { delegation.InsurerId, delegation.Id, after = page.After?.Id, page.Limit },
            cancellationToken);
        return rows.ToPage(page, row => new PageKey(default, row.Id));
    }

    public static Task InsertReportAsync(this DatabaseSession session, YearlyReportRow report, CancellationToken cancellationToken) => session.ExecuteAsync(
        """
        INSERT INTO yearly_report (owner_id, delegation_id, delegate_id, report_id, year, due_day, state, document, revision)
        VALUES (@OwnerId, @DelegationId, @DelegateId, @Id, @Year, @DueDay, @State, @Document::jsonb, @Revision)
        """,
        report,
        cancellationToken);

    public static Task SaveReportAsync(this DatabaseSession session, YearlyReportRow report, CancellationToken cancellationToken) => session.ExecuteAsync(
        "UPDATE yearly_report SET state = @State, document = @Document::jsonb, revision = @Revision WHERE owner_id = @OwnerId AND delegation_id = @DelegationId AND report_id = @Id",
        report,
        cancellationToken);

    /// <summary>The versions of reports of a delegation that the caller sees, in order.</summary>
    public static async Task<ILookup<Guid, YearlyReportVersionRow>> ListVersionsAsync(
        this TenantSession session, SharedDelegation delegation, IEnumerable<YearlyReportRow> reports, CancellationToken cancellationToken)
    {
        const string Sql =
            """
            SELECT report_id AS reportid, version_id AS id, document::text AS document, revision
            FROM yearly_report_version
            WHERE owner_id = @InsurerId AND delegation_id = @Id AND report_id = ANY (@ids) AND (visibility = 'both' OR delegate_id = @OrganizationId)
            ORDER BY version_id
            """;

        var ids = reports.Select(report => report.Id).ToArray();
        return (await session.QueryAsync<YearlyReportVersionRow>(Sql, new { delegation.InsurerId, delegation.Id, ids, session.Caller.OrganizationId }, cancellationToken)).ToLookup(version => version.ReportId);
    }

    public static Task SaveVersionAsync(this TenantSession session, YearlyReportRow report, YearlyReportVersionRow version, CancellationToken cancellationToken) => session.ExecuteAsync(
        """
        INSERT INTO yearly_report_version (owner_id, delegation_id, delegate_id, report_id, version_id, visibility, document, revision)
        VALUES (@OwnerId, @DelegationId, @DelegateId, @ReportId, @Id, @visibility, @Document::jsonb, @Revision)
        ON CONFLICT (owner_id, delegation_id, report_id, version_id) DO UPDATE
        SET visibility = excluded.visibility, document = excluded.document, revision = excluded.revision
        """,
        new
        {
            report.OwnerId, report.DelegationId, report.DelegateId, version.ReportId, version.Id, visibility = version.Read().Draft ? "delegate" : "both", version.Document, version.Revision,
        },
        cancellationToken);
}
