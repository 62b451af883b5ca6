using Delegation.Access.V1;
using Delegation.Persistence.Tenancy;

namespace Delegation.Reporting.Reports;

/// <summary>Lists of reports, across delegations.</summary>
internal static class ListedReports
{
    /// <summary>How many of a delegation are in a page.</summary>
    public const int MostReports = 60;

    /// <summary>
    /// A page of the caller's delegations, each with its latest reports, or a page of the reports of one delegation and the first of the next; in one statement.
    /// </summary>
    public static Task<IReadOnlyList<ListedReport>> ListReportsAsync(this TenantSession session, ReportFilter filter, CancellationToken cancellationToken)
    {
        // The column that an index of the caller's side has.
        var mine = session.Caller.Side == Side.Insurer ? "owner_id" : "delegate_id";
        var sql =
            $"""
            SELECT d.delegation_id AS delegationid, d.state, r.report_id AS reportid, r.kind, r.period_start_day AS periodstartday,
                   r.period_end_day AS periodendday, r.due_day AS dueday, r.publish_time AS publishtime, r.version
            FROM (
                SELECT owner_id, delegation_id, state
                FROM delegation
                WHERE {mine} = @OrganizationId AND delegation_id > @afterDelegation AND (@DelegationId::uuid IS NULL OR delegation_id = @DelegationId)
                ORDER BY delegation_id
                LIMIT @Limit) d
            LEFT JOIN LATERAL (
                SELECT r.report_id, r.kind, r.period_start_day, r.period_end_day, r.due_day, r.publish_time, r.version
                FROM report r
                WHERE r.owner_id = d.owner_id AND r.delegation_id = d.delegation_id AND r.{mine} = @OrganizationId
                  AND (@IsPublished::boolean IS NULL OR (r.publish_time IS NOT NULL) = @IsPublished)
                  AND (@beforeDay::date IS NULL OR r.period_end_day <= @beforeDay AND (r.period_end_day < @beforeDay OR r.report_id > @afterReport))
                ORDER BY r.period_end_day DESC, r.report_id
                LIMIT @reports) r ON true
            ORDER BY d.delegation_id, r.period_end_day DESC, r.report_id
            """;

        return session.QueryAsync<ListedReport>(
            sql,
            new
            {
                session.Caller.OrganizationId,
                afterDelegation = filter.DelegationId is null ? filter.Page.After?.Id ?? Guid.Empty : Guid.Empty,
                filter.DelegationId,
                filter.IsPublished,
                beforeDay = filter.DelegationId is not null && filter.Page.After is { } before ? DateOnly.FromDateTime(before.Time) : default(DateOnly?),
                afterReport = filter.Page.After?.Id ?? Guid.Empty,
                reports = filter.DelegationId is null ? MostReports : MostReports + 1,
                filter.Page.Limit,
            },
            cancellationToken);
    }
}
