using Delegation.Contracts.V1;
using Delegation.Persistence.Stored;
using Delegation.Persistence.Tenancy;

namespace Delegation.Reporting.Operational;

/// <summary>Reads the operations that commitments measure, with what the delegate told of their clocks: two statements for a period.</summary>
internal static class ItemStore
{
    // Those that moved in the period, or were in stock.
    private const string Moved =
        """
        o.owner_id = @OwnerId AND o.delegation_id = @DelegationId AND o.supersede_time IS NULL AND NOT o.withdrawn AND o.kind = ANY (@kinds)
        AND o.receive_day <= @End AND (o.close_day IS NULL OR o.close_day >= @Start)
        """;

    private static readonly Dictionary<ClockEvent, Moment> NoEvents = [];

    /// <summary>The items of a period by kind, in the order of their references.</summary>
    public static async Task<ILookup<string, MeasuredItem>> ListItemsAsync(
        this TenantSession session, KnownDelegation delegation, IReadOnlyCollection<string> kinds, Period period, CancellationToken cancellationToken)
    {
        var asked = new { delegation.OwnerId, delegation.DelegationId, kinds = kinds.ToArray(), period.Start, period.End };
        var rows = await session.QueryAsync<ItemRow>(
            $"""
            SELECT o.reference, o.kind, o.receive_day AS receiveday, o.receive_time AS receivetime, o.complete_day AS completeday, o.close_day AS closeday,
                   o.close_time AS closetime, coalesce(o.outcome = 'abandoned', false) AS givenup
            FROM operation o
            WHERE {Moved}
            ORDER BY o.reference
            """,
            asked,
            cancellationToken);
        var marks = (await session.QueryAsync<MarkRow>(
            $"""
            SELECT m.reference, m.mark, m.code, m.mark_time AS marktime, m.end_time AS endtime
            FROM operation_mark m
            WHERE m.owner_id = @OwnerId AND m.delegation_id = @DelegationId AND m.reference IN (SELECT o.reference FROM operation o WHERE {Moved})
            ORDER BY m.reference, m.mark_time
            """,
            asked,
            cancellationToken)).ToLookup(mark => mark.Reference);
        return rows.ToLookup(row => row.Kind, row => row.ToItem([.. marks[row.Reference]]));
    }

    private sealed record ItemRow(
        string Reference, string Kind, DateOnly ReceiveDay, DateTime? ReceiveTime, DateOnly? CompleteDay, DateOnly? CloseDay, DateTime? CloseTime, bool GivenUp)
    {
        public MeasuredItem ToItem(MarkRow[] marks) => new(
            Reference,
            new Moment(ReceiveDay, Instant(ReceiveTime)),
            CompleteDay,
            CloseDay is { } closed ? new Moment(closed, Instant(CloseTime)) : null,
            GivenUp,
            marks.Length == 0 ? NoEvents : EventsOf(marks),
            [.. marks.Where(mark => mark.Mark == "pause").Select(mark => new Standstill(StoredNames.Read<PauseCause>(mark.Code), Instant(mark.MarkTime)!.Value, Instant(mark.EndTime)))],
            [.. marks.Where(mark => mark.Mark == "exclusion").Select(mark => StoredNames.Read<ExclusionCause>(mark.Code))]);

        // Told more than once, the first time is when it happened.
        private static Dictionary<ClockEvent, Moment> EventsOf(MarkRow[] marks) => marks
            .Where(mark => mark.Mark == "event")
            .GroupBy(mark => StoredNames.Read<ClockEvent>(mark.Code))
            .ToDictionary(happened => happened.Key, happened => Moment.At(Instant(happened.Min(mark => mark.MarkTime))!.Value));

        private static DateTimeOffset? Instant(DateTime? time) => time is { } known ? new DateTimeOffset(DateTime.SpecifyKind(known, DateTimeKind.Utc)) : null;
    }
}
