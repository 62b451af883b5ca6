using Delegation.Access.V1;
using Delegation.Delivery.V1;
using Delegation.Persistence.Tenancy;
using Delegation.Persistence.Work;
using Delegation.ProjectDelivery.Projects;
using Delegation.ServiceDefaults.Errors;
using State = Delegation.Delivery.V1.GateOverride.Types.State;

namespace Delegation.ProjectDelivery.Phases;

/// <summary>What gates and overrides put on work lists.</summary>
internal static class GateWork
{
    public const string OverrideType = "gate_override";
    public const string GateType = "gate";

    private static readonly Role[] Leads = [Role.DelegationManager, Role.ProjectLead];
    private static readonly Side[] Sides = [Side.Insurer, Side.Delegate];

    /// <summary>After a side passed a gate: it waits for the other, and for nobody once both have.</summary>
    public static async Task KeepGateWorkAsync(this TenantSession session, ProjectRow project, GateRow gate, TimeProvider clock, CancellationToken cancellationToken)
    {
        foreach (var side in Sides)
        {
            var key = new WorkItemKey("gate.pass", GateType, gate.Id, side);
            var name = Name(gate.Which);
            if (!gate.IsPassed && !gate.WasPassedBy(side, gate.EvidenceSha256))
                await session.OpenWorkItemAsync(
                    Work(key, gate.Parties, new($"{project.Name}: pass the gate {name.English}", $"{project.Name} : franchir le jalon {name.French}")), clock, cancellationToken);
            else
                await session.CloseWorkItemAsync(key, clock, cancellationToken);
        }
    }

    /// <summary>After an override changed: a proposal waits for the other side, an expired one for both, any other for nobody.</summary>
    public static async Task KeepOverrideWorkAsync(this DatabaseSession session, OverrideRow changed, TimeProvider clock, CancellationToken cancellationToken)
    {
        var criterion = GateCriteria.Find(changed.Which, changed.Criterion)?.Title ?? new LocalizedText(changed.Criterion, changed.Criterion);
        foreach (var side in Sides)
        {
            await KeepAsync(
                new WorkItemKey("override.confirm", OverrideType, changed.Id, side),
                changed.In == State.Proposed && side == changed.ConfirmingSide,
                new($"Confirm or decline an override: {criterion.English}", $"Confirmer ou décliner une dérogation : {criterion.French}"),
                changed.EndDay);
            await KeepAsync(
                new WorkItemKey("override.settle", OverrideType, changed.Id, side),
                changed.In == State.Expired,
                new($"An override has expired: {criterion.English}", $"Une dérogation a expiré : {criterion.French}"),
                changed.EndDay);
        }

        Task KeepAsync(WorkItemKey key, bool waits, LocalizedText title, DateOnly dueDay) => waits
            ? session.OpenWorkItemAsync(Work(key, changed.Parties, title) with { DueDay = dueDay }, clock, cancellationToken)
            : session.CloseWorkItemAsync(key, clock, cancellationToken);
    }

    /// <summary>What a gate leads to, in words.</summary>
    public static LocalizedText Name(ProjectGate gate) => gate switch
    {
        ProjectGate.ToScoping => new("to scoping", "vers le cadrage"),
        ProjectGate.ToSetUp => new("to set-up", "vers la mise en place"),
        ProjectGate.ToRobustness => new("to robustness", "vers la robustesse"),
        ProjectGate.ToRun => new("to the run", "vers l'exploitation"),
        ProjectGate.ToCruise => new("to cruise", "vers le régime de croisière"),
        ProjectGate.ToClosed => new("to the end of the project", "vers la clôture du projet"),
        _ => throw new ArgumentOutOfRangeException(nameof(gate), gate, "This is no gate."),
    };

    private static OpenWork Work(WorkItemKey key, Parties parties, LocalizedText title) =>
        new(key, parties.OwnerId, parties.DelegationId, parties.DelegateId, title) { Roles = Leads };
}
