using Delegation.Access.V1;
using Delegation.Persistence.DueWork;
using Delegation.Persistence.Journal;
using Delegation.Persistence.Tenancy;
using Delegation.Persistence.Work;
using Delegation.ServiceDefaults.Errors;
using Google.Protobuf;
using Result = Delegation.Contracts.V1.Control.Types.Result;
using State = Delegation.Contracts.V1.Control.Types.State;

namespace Delegation.Contracts.ControlPlans;

/// <summary>What the journal says of controls, and whom they wait for since: their owner, and when they are late compliance too. Work lists are the insurer's own.</summary>
internal static class ControlWork
{
    /// <summary>Who adopts plans, and answers for controls that their owners do not make.</summary>
    public static IReadOnlyList<Role> Responsible { get; } = [Role.DelegationManager, Role.Compliance];

    /// <summary>Writes that a control changed, and keeps the work list of the insurer in step.</summary>
    /// <param name="session">Of whoever changes it.</param>
    /// <param name="row">As it is since.</param>
    /// <param name="happened">What happened to it.</param>
    /// <param name="clock">Tells the time.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task AppendControlAsync(this DatabaseSession session, ControlRow row, IMessage happened, TimeProvider clock, CancellationToken cancellationToken)
    {
        await session.AppendAsync(row.Happened(happened), clock, cancellationToken);
        await session.KeepControlWorkAsync(row, clock, cancellationToken);
        await session.KeepAsync(row, "control.find", row.Read() is { State: State.Executed, Result: Result.NotConform }, isOwner: false, "Record what was found", "Enregistrer le constat", clock, cancellationToken);
    }

    /// <summary>A control that comes near waits for its owner; one that is late for those who answer for the plan too.</summary>
    public static async Task KeepControlWorkAsync(this DatabaseSession session, ControlRow row, TimeProvider clock, CancellationToken cancellationToken)
    {
        var control = row.Read();
        await session.KeepAsync(row, "control.execute", ControlDays.IsNear(control, clock.GetUtcNow()), isOwner: true, "Make the control", "Réaliser le contrôle", clock, cancellationToken);
        await session.KeepAsync(row, "control.late", control is { State: State.Planned, Late: true }, isOwner: false, "A control is late", "Contrôle en retard", clock, cancellationToken);
    }

    /// <summary>What a control found is a finding since, and waits as one.</summary>
    public static Task CloseFindingWorkAsync(this DatabaseSession session, ControlRow row, TimeProvider clock, CancellationToken cancellationToken) =>
        session.CloseWorkItemAsync(Key("control.find", row), clock, cancellationToken);

    /// <summary>Plans when a control is looked at again.</summary>
    public static Task PlanNextAsync(this TenantSession session, ControlRow row, DateTimeOffset now, CancellationToken cancellationToken) => ControlDays.Next(row.Read(), now) is { } time
        ? session.ScheduleAsync(ControlDeadlines.WorkKind, row.OwnerId, row.DelegationId, row.Id, time, cancellationToken)
        : session.CancelScheduledAsync(ControlDeadlines.WorkKind, row.OwnerId, row.DelegationId, row.Id, cancellationToken);

    private static Task KeepAsync(
        this DatabaseSession session, ControlRow row, string kind, bool isOpen, bool isOwner, string english, string french, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (!isOpen)
            return session.CloseWorkItemAsync(Key(kind, row), clock, cancellationToken);

        var control = row.Read();
        var title = new LocalizedText($"{english}: {control.Planned.Code}, {control.Planned.Title}", $"{french} : {control.Planned.Code}, {control.Planned.Title}");
        return session.OpenWorkItemAsync(
            new OpenWork(Key(kind, row), row.OwnerId, row.DelegationId, row.DelegateId, title)
            {
                Roles = isOwner ? [] : Responsible, PersonId = isOwner ? Guid.Parse(control.OwnerPersonId) : null, DueDay = row.DueDay, Visibility = Visibility.Insurer,
            },
            clock,
            cancellationToken);
    }

    private static WorkItemKey Key(string kind, ControlRow row) => new(kind, ControlRow.ObjectType, row.Id, Side.Insurer);
}
