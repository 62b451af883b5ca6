using Delegation.Access.V1;
using Delegation.Persistence.DueWork;
using Delegation.Persistence.Tenancy;
using Delegation.Persistence.Work;
using Delegation.ServiceDefaults.Calendar;
using Delegation.ServiceDefaults.Time;

namespace Delegation.Reporting.Operational;

/// <summary>
/// When a month is over, its measures wait to be recorded by the delegate, in each delegation with commitments. There is one item for a delegation, which
/// names the last month that is over; it is closed once the measures of that month are recorded.
/// </summary>
internal sealed class MonthlyMeasures(TimeProvider clock) : IDueWork
{
    public const string WorkKind = "measures.month";

    private const int DaysToRecord = 10;

    /// <inheritdoc/>
    public string Kind => WorkKind;

    /// <inheritdoc/>
    public async Task RunAsync(DueItem item, SystemSession session, CancellationToken cancellationToken)
    {
        var delegation = await session.FindAsync<KnownDelegation>(
            """
            SELECT owner_id AS ownerid, delegation_id AS delegationid, delegate_id AS delegateid, state
            FROM delegation
            WHERE owner_id = @OwnerId AND delegation_id = @ObjectId
            """,
            item,
            cancellationToken);
        if (delegation is not { State: "open" })
            return;

        var now = clock.GetUtcNow();
        var month = LastMonth(now);
        session.ActFor(delegation.OwnerId);
        await session.OpenWorkItemAsync(
            new OpenWork(
                Key(delegation), delegation.OwnerId, delegation.DelegationId, delegation.DelegateId,
                new($"Record the measures of commitments up to {month.End:yyyy-MM-dd}", $"Arrêter les mesures des engagements jusqu'au {month.End:dd/MM/yyyy}"))
            {
                Roles = [Role.Reporting, Role.Operations],
                DueDay = BusinessCalendar.Ouvres.Add(month.End, DaysToRecord),
            },
            clock, cancellationToken);
        await session.ScheduleAsync(Kind, delegation.OwnerId, delegation.DelegationId, ParisDays.EndOf(MonthOf(ParisDays.DayAt(now)).End), cancellationToken);
    }

    /// <summary>Ends the wait where the last month that is over is recorded.</summary>
    public Task RecordedAsync(TenantSession session, KnownDelegation delegation, Period days, CancellationToken cancellationToken) =>
        days.End >= LastMonth(clock.GetUtcNow()).End ? session.CloseWorkItemAsync(Key(delegation), clock, cancellationToken) : Task.CompletedTask;

    /// <summary>The month in which a day is.</summary>
    public static Period MonthOf(DateOnly day)
    {
        var first = new DateOnly(day.Year, day.Month, 1);
        return new Period(first, first.AddMonths(1).AddDays(-1));
    }

    private static Period LastMonth(DateTimeOffset now) => MonthOf(new DateOnly(ParisDays.DayAt(now).Year, ParisDays.DayAt(now).Month, 1).AddDays(-1));

    private static WorkItemKey Key(KnownDelegation delegation) => new("measures.record", "delegation", delegation.DelegationId, Side.Delegate);
}
