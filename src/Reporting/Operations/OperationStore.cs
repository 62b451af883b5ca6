using Delegation.Persistence.Paging;
using Delegation.Persistence.Tenancy;
using State = Delegation.Reporting.V1.Operation.Types.State;

namespace Delegation.Reporting.Operations;

/// <summary>Operations in the database.</summary>
internal static class OperationStore
{
    private const string Columns =
        """
        SELECT delegation_id AS delegationid, operation_id AS id, reference, version, kind, receive_day AS receiveday, receive_time AS receivetime,
               complete_day AS completeday, close_day AS closeday, close_time AS closetime, outcome, automated, withdrawn, import_id AS importid, line,
               record_time AS recordtime, supersede_time AS supersedetime
        FROM operation
        WHERE owner_id = @OwnerId AND delegation_id = @DelegationId
        """;

    /// <summary>A page of them as they are or were known, those received last first.</summary>
    public static async Task<Page<OperationRow>> ListOperationsAsync(
        this TenantSession session, KnownDelegation delegation, OperationFilter filter, CancellationToken cancellationToken)
    {
        // Written out, so that each state has its own plan: open ones have an index of their own.
        var state = filter.State switch
        {
            State.Open => "NOT withdrawn AND close_day IS NULL",
            State.Closed => "NOT withdrawn AND close_day IS NOT NULL",
            State.Withdrawn => "withdrawn",
            _ => "NOT withdrawn",
        };
        var sql =
            $"""
            {Columns} AND {Known(filter.AsOf)} AND {state}
              AND (@Kind::text IS NULL OR kind = @Kind)
              AND receive_day >= @from AND receive_day <= @to
              AND (receive_day, operation_id) < (@afterDay, @afterId)
            ORDER BY receive_day DESC, operation_id DESC
            LIMIT @Limit
            """;

        var rows = await session.QueryAsync<OperationRow>(
            sql,
            new
            {
                delegation.OwnerId,
                delegation.DelegationId,
                filter.AsOf,
                filter.Kind,
                from = filter.FromDay ?? DateOnly.MinValue,
                to = filter.ToDay ?? DateOnly.MaxValue,
                afterDay = filter.Page.After is { } after ? DateOnly.FromDateTime(after.Time) : DateOnly.MaxValue,
                afterId = filter.Page.After?.Id ?? Guid.AllBitsSet,
                filter.Page.Limit,
            },
            cancellationToken);
        return rows.ToPage(filter.Page, row => new PageKey(row.ReceiveDay.ToDateTime(default, DateTimeKind.Utc), row.Id));
    }

    /// <summary>A page of the versions of one, the latest first.</summary>
    public static async Task<Page<OperationRow>> ListVersionsAsync(
        this TenantSession session, KnownDelegation delegation, string reference, PageRequest page, CancellationToken cancellationToken)
    {
        var rows = await session.QueryAsync<OperationRow>(
            $"{Columns} AND reference = @reference AND version < @before\nORDER BY version DESC\nLIMIT @Limit",
            new { delegation.OwnerId, delegation.DelegationId, reference, before = page.After is { } after ? (int)after.Time.Ticks : int.MaxValue, page.Limit },
            cancellationToken);
        return rows.ToPage(page, row => new PageKey(new DateTime(row.Version), row.Id));
    }

    /// <summary>The operations that moved in a period or were in stock, in groups that are counted alike, with the import that told last.</summary>
    public static Task<IReadOnlyList<CountedGroup>> CountAsync(
        this TenantSession session, KnownDelegation delegation, Period period, DateTime? asOf, CancellationToken cancellationToken)
    {
        // One statement, and so one state of things: what is counted is what that import told.
        var sql =
            $"""
            SELECT told.import_id AS lastimportid, told.covered AS coveredtoday, moved.*
            FROM (
                SELECT (array_agg(import_id ORDER BY apply_time DESC, import_id DESC))[1] AS import_id, max(period_end_day) AS covered
                FROM import
                WHERE owner_id = @OwnerId AND delegation_id = @DelegationId AND state = 'applied' AND kind = 'operations'
                  AND (@asOf::timestamptz IS NULL OR apply_time <= @asOf)) told
            LEFT JOIN (
                SELECT kind, receive_day < @Start AS carried,
                       CASE WHEN close_day <= @End THEN coalesce(complete_day, receive_day) END AS startday,
                       CASE WHEN close_day <= @End THEN close_day END AS closeday,
                       CASE WHEN close_day <= @End THEN outcome END AS outcome,
                       close_day <= @End AND automated IS TRUE AS automated,
                       count(*) AS operations
                FROM operation
                WHERE owner_id = @OwnerId AND delegation_id = @DelegationId AND {Known(asOf)} AND NOT withdrawn
                  AND receive_day <= @End AND (close_day IS NULL OR close_day >= @Start)
                GROUP BY 1, 2, 3, 4, 5, 6) moved ON true
            """;

        return session.QueryAsync<CountedGroup>(
            sql, new { delegation.OwnerId, delegation.DelegationId, period.Start, period.End, asOf }, cancellationToken);
    }

    private static string Known(DateTime? asOf) => asOf is null
        ? "supersede_time IS NULL"
        : "record_time <= @AsOf AND (supersede_time IS NULL OR supersede_time > @AsOf)";
}
