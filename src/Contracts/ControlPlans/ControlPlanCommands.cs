using Delegation.Contracts.Delegations;
using Delegation.Contracts.V1;
using Delegation.Persistence.Commands;
using Delegation.Persistence.Journal;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;
using Delegation.ServiceDefaults.Time;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Duty = Delegation.Contracts.V1.ControlDuty;
using PlanState = Delegation.Contracts.V1.ControlPlan.Types.State;

namespace Delegation.Contracts.ControlPlans;

/// <summary>The commands on plans: each locks the delegation, decides, and saves with its entries; adopting makes the controls of the year.</summary>
internal sealed class ControlPlanCommands(TimeProvider clock)
{
    // field-facts §1.3: known, not read in the Official Journal; §1.5: C. ass. L354-3 and C. mut. L212-1 verified.
    private const string LegalBasis = "Règlement délégué (UE) 2015/35, art. 274(5) ; Code des assurances, art. L354-3";

    public async Task<Outcome<ControlPlan>> DraftAsync(TenantSession session, DraftControlPlanRequest request, CancellationToken cancellationToken)
    {
        var violations = new List<FieldViolation>();
        var now = clock.GetUtcNow();
        Drafting.CheckYear(request.Year, ParisDays.DayAt(now), violations);
        if (IdField.Read("delegation_id", request.DelegationId, violations) is not { } delegationId)
            return new Outcome<ControlPlan>.Invalid(violations);

        return await (await session.LockSharedDelegationAsync(delegationId, cancellationToken)).ThenAsync(async delegation =>
        {
            if (delegation.Closed<ControlPlan>() is { } closed)
                return closed;

            var versions = await session.ListYearAsync(delegation, request.Year, cancellationToken);
            var (reason, controls) = await ReadAsync(session, request.Reason, request.Controls, request.Year, versions, violations, cancellationToken);
            if (violations.Count > 0)
                return new Outcome<ControlPlan>.Invalid(violations);
            if (versions.Any(version => version.State == PlanState.Draft.Stored()))
                return ControlRefusals.Drafted;

            var id = NewId.At(now);
            var plan = new ControlPlan
            {
                Id = id.ToString(), DelegationId = delegation.Id.ToString(), Year = request.Year, Number = versions.Count + 1, State = PlanState.Draft, Reason = reason,
                Controls = { controls }, UncoveredDuties = { Uncovered(controls) }, LegalBasis = LegalBasis, CreateTime = Timestamp.FromDateTime(now.InMicroseconds()),
            };
            var row = new ControlPlanRow(delegation.InsurerId, delegation.Id, delegation.DelegateId, id, JsonFormatter.Default.Format(plan), Revision: 1);
            await session.InsertPlanAsync(row, cancellationToken);
            await session.AppendAsync(row.Happened(new ControlPlanDrafted { Plan = row.ToMessage() }), clock, cancellationToken);
            return new Outcome<ControlPlan>.Accepted(row.ToMessage());
        });
    }

    public Task<Outcome<ControlPlan>> UpdateAsync(TenantSession session, UpdateControlPlanRequest request, CancellationToken cancellationToken) => OfPlanAsync(
        session, request.DelegationId, request.PlanId, request.Etag,
        async (delegation, row) =>
        {
            var plan = row.Read();
            if (plan.State != PlanState.Draft)
                return ControlRefusals.Adopted;

            var violations = new List<FieldViolation>();
            var versions = await session.ListYearAsync(delegation, plan.Year, cancellationToken);
            var (reason, controls) = await ReadAsync(session, request.Reason, request.Controls, plan.Year, versions, violations, cancellationToken);
            if (violations.Count > 0)
                return new Outcome<ControlPlan>.Invalid(violations);

            plan.Reason = reason;
            plan.Controls.Clear();
            plan.Controls.Add(controls);
            plan.UncoveredDuties.Clear();
            plan.UncoveredDuties.Add(Uncovered(controls));
            return await SavedAsync(session, row.With(plan), changed => new ControlPlanUpdated { Plan = changed }, cancellationToken);
        },
        cancellationToken);

    public Task<Outcome<ControlPlan>> AdoptAsync(TenantSession session, AdoptControlPlanRequest request, CancellationToken cancellationToken) => OfPlanAsync(
        session, request.DelegationId, request.PlanId, request.Etag,
        async (delegation, row) =>
        {
            var (plan, now) = (row.Read(), clock.GetUtcNow());
            var ofYear = await session.LockYearAsync(delegation, plan.Year, cancellationToken);
            var members = await session.FindOwnersAsync(plan.Controls.Select(control => control.OwnerId), cancellationToken);
            var today = ParisDays.DayAt(now);
            if (Adopting.Refused(plan, ofYear, members, today) is { } refused)
                return refused;

            foreach (var former in await session.ListYearAsync(delegation, plan.Year, cancellationToken))
                if (former.Read() is { State: PlanState.Adopted } replaced)
                    await SavedAsync(session, former.With(new ControlPlan(replaced) { State = PlanState.Replaced }), changed => new ControlPlanReplaced { Plan = changed }, cancellationToken);

            plan.State = PlanState.Adopted;
            plan.AdoptPersonId = session.Caller.PersonId.ToString();
            plan.AdoptTime = Timestamp.FromDateTime(now.InMicroseconds());
            var adopted = await SavedAsync(session, row.With(plan), changed => new ControlPlanAdopted { Plan = changed }, cancellationToken);
            await SaveControlsAsync(session, row, Adopting.Of(plan, ofYear, members, today), now, cancellationToken);
            return adopted;
        },
        cancellationToken);

    private async Task SaveControlsAsync(TenantSession session, ControlPlanRow plan, Adopting controls, DateTimeOffset now, CancellationToken cancellationToken)
    {
        foreach (var control in controls.Planned)
        {
            var id = NewId.At(now);
            var made = new Control(control) { Id = id.ToString(), CreateTime = Timestamp.FromDateTime(now.InMicroseconds()) };
            var row = new ControlRow(plan.OwnerId, plan.DelegationId, plan.DelegateId, id, JsonFormatter.Default.Format(made), Revision: 1);
            await session.InsertControlAsync(row, cancellationToken);
            await SavedAsync(row, new ControlPlanned { Control = row.ToMessage() });
        }

        foreach (var row in controls.Replanned)
        {
            await session.SaveControlAsync(row, cancellationToken);
            await SavedAsync(row, new ControlReplanned { Control = row.ToMessage() });
        }

        foreach (var row in controls.Withdrawn)
        {
            await session.SaveControlAsync(row, cancellationToken);
            await SavedAsync(row, new ControlWithdrawn { Control = row.ToMessage() });
        }

        async Task SavedAsync(ControlRow row, IMessage happened)
        {
            await session.AppendControlAsync(row, happened, clock, cancellationToken);
            await session.PlanNextAsync(row, now, cancellationToken);
        }
    }

    private static async Task<(string Reason, IReadOnlyList<PlannedControl> Controls)> ReadAsync(
        TenantSession session, string reason, IReadOnlyList<PlannedControl> controls, int year, IReadOnlyList<ControlPlanRow> versions, List<FieldViolation> violations,
        CancellationToken cancellationToken)
    {
        var members = await session.FindOwnersAsync(controls.Select(control => control.OwnerId), cancellationToken);
        var isChange = versions.Any(version => version.State == PlanState.Adopted.Stored());
        return (Drafting.ReadReason(reason, isChange, violations), Drafting.ReadControls(controls, year, members.Keys.ToHashSet(), violations));
    }

    private static IEnumerable<Duty> Uncovered(IEnumerable<PlannedControl> controls) =>
        System.Enum.GetValues<Duty>().Where(StoredNames.IsKnown).Except(controls.SelectMany(control => control.Duties));

    private static Task<Outcome<ControlPlan>> OfPlanAsync(
        TenantSession session, string delegationId, string planId, string etag, Func<SharedDelegation, ControlPlanRow, Task<Outcome<ControlPlan>>> command,
        CancellationToken cancellationToken) =>
        session.LockSharedDelegationAsync(
            delegationId, "plan_id", planId,
            async (delegation, id) => await (await session.FindPlanAsync(delegation, id, cancellationToken)).ThenAsync(async row =>
                delegation.Closed<ControlPlan>() ?? Etag.Mismatch<ControlPlan>(etag, row.Id, row.Revision) ?? await command(delegation, row)),
            cancellationToken);

    private async Task<Outcome<ControlPlan>> SavedAsync(TenantSession session, ControlPlanRow row, Func<ControlPlan, IMessage> happened, CancellationToken cancellationToken)
    {
        await session.SavePlanAsync(row, cancellationToken);
        await session.AppendAsync(row.Happened(happened(row.ToMessage())), clock, cancellationToken);
        return new Outcome<ControlPlan>.Accepted(row.ToMessage());
    }
}
