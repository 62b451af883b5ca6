using Delegation.Contracts.Contacts;
using Delegation.Contracts.V1;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;
using Frequency = Delegation.Contracts.V1.PlannedControl.Types.Frequency;
using PlanState = Delegation.Contracts.V1.ControlPlan.Types.State;
using State = Delegation.Contracts.V1.Control.Types.State;

namespace Delegation.Contracts.ControlPlans;

/// <summary>What a version that is adopted makes of the controls of its year.</summary>
/// <param name="Planned">Those that are new.</param>
/// <param name="Replanned">Those still to be made that go on, as this version says.</param>
/// <param name="Withdrawn">Those still to be made that this version does without.</param>
internal sealed record Adopting(IReadOnlyList<Control> Planned, IReadOnlyList<ControlRow> Replanned, IReadOnlyList<ControlRow> Withdrawn)
{
    /// <summary>Why a version cannot be adopted today; null when it can.</summary>
    public static Outcome<ControlPlan>? Refused(ControlPlan plan, IReadOnlyList<ControlRow> ofYear, IReadOnlyDictionary<Guid, Reachable> members, DateOnly today)
    {
        if (plan.State != PlanState.Draft)
            return ControlRefusals.Adopted;
        if (today.Year > plan.Year)
            return ControlRefusals.YearOver;
        if (plan.Controls.FirstOrDefault(control => !members.ContainsKey(Guid.Parse(control.OwnerId))) is { } orphan)
            return ControlRefusals.OwnerGone(orphan.Code);

        // One that is there already may have its day behind it: made, or late and still to be made.
        var known = ofYear.Where(row => row.State != State.Withdrawn.Stored()).Select(row => (row.Code, row.DueDay)).ToHashSet();
        return plan.Controls.FirstOrDefault(control =>
            control.Frequency == Frequency.Once && ControlDays.Of(control, plan.Year)[0] is var day && day < today && !known.Contains((control.Code, day))) is { } passed
            ? ControlRefusals.DayPassed(passed.Code)
            : null;
    }

    /// <summary>By code and day: the same control of the version before goes on, late or not. No day that is past makes a new one.</summary>
    public static Adopting Of(ControlPlan plan, IReadOnlyList<ControlRow> ofYear, IReadOnlyDictionary<Guid, Reachable> members, DateOnly today)
    {
        var meant = plan.Controls.SelectMany(control => ControlDays.Of(control, plan.Year).Select(day => (control.Code, Day: day, Control: control))).ToDictionary(one => (one.Code, one.Day), one => one.Control);
        var known = ofYear.Where(row => row.State != State.Withdrawn.Stored()).ToDictionary(row => (row.Code, row.DueDay));
        var open = known.Where(one => one.Value.State == State.Planned.Stored()).ToList();

        return new Adopting(
            [.. meant.Where(one => !known.ContainsKey(one.Key) && one.Key.Day >= today).OrderBy(one => one.Key.Day).Select(one => Owned(
                new Control { DelegationId = plan.DelegationId, Year = plan.Year, DueDay = DayField.Write(one.Key.Day), State = State.Planned }, plan, one.Value, members))],
            [.. open.Where(one => meant.ContainsKey(one.Key)).Select(one => one.Value.With(Owned(one.Value.Read(), plan, meant[one.Key], members)))],
            [.. open.Where(one => !meant.ContainsKey(one.Key)).Select(one => one.Value.With(new Control(one.Value.Read()) { State = State.Withdrawn, WithdrawReason = plan.Reason }))]);
    }

    private static Control Owned(Control control, ControlPlan plan, PlannedControl planned, IReadOnlyDictionary<Guid, Reachable> members)
    {
        var owner = members[Guid.Parse(planned.OwnerId)];
        return new Control(control) { PlanId = plan.Id, Planned = planned, OwnerName = owner.Name, OwnerPersonId = owner.PersonId.ToString() };
    }
}
