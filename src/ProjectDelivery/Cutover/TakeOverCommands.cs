using Delegation.Access.V1;
using Delegation.Delivery.V1;
using Delegation.Persistence.Journal;
using Delegation.Persistence.Tenancy;
using Delegation.Persistence.Work;
using Delegation.ProjectDelivery.Launch;
using Delegation.ProjectDelivery.Phases;
using Delegation.ProjectDelivery.Projects;
using Delegation.ProjectDelivery.Scoping.Items;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;
using Delegation.ServiceDefaults.Time;
using State = Delegation.Delivery.V1.TakeOver.Types.State;

namespace Delegation.ProjectDelivery.Cutover;

/// <summary>Commands on take-overs.</summary>
internal sealed class TakeOverCommands(GdprTerms gdpr, TimeProvider clock)
{
    private static readonly Outcome<TakeOverLotRow> LotNotFound = new Outcome<TakeOverLotRow>.NotFound(
        "LOT_NOT_FOUND", new("There is no lot with this id.", "Aucun lot n'a cet identifiant."));

    public async Task<Outcome<TakeOver>> StartAsync(TenantSession session, StartTakeOverRequest request, CancellationToken cancellationToken)
    {
        var violations = new List<FieldViolation>();
        var totals = ControlTotals.Read(request.Totals, violations);
        var ids = PlanIds.Read(request.ProjectId, "lot_id", request.LotId, violations);

        // Contracts is asked before the project is locked: nobody waits for it behind the lock.
        var lot = await FindLotAsync(session, (await session.FindProjectAsync(ids.ProjectId, cancellationToken)).ValueOrStatus(), ids.ItemId, cancellationToken);
        var evidence = lot.Row.PersonalData ? (await gdpr.SignedAsync(session, lot.Project, cancellationToken)).ValueOrStatus() : [];
        var project = (await session.LockProjectAsync(ids.ProjectId, cancellationToken)).ValueOrStatus();
        if (ProjectChange.NeedsAProjectInProgress<TakeOver>(project) is { } closed)
            return closed;

        var now = clock.GetUtcNow();
        var takeOver = New(lot.Row, request.DryRun, totals!, evidence, NewId.At(now), now.InMicroseconds());
        if (!await session.InsertTakeOverAsync(takeOver, cancellationToken))
            return new Outcome<TakeOver>.Refused(
                "TAKE_OVER_IN_PROGRESS", new("This lot is being taken over: accept or refuse that first.", "Ce lot est en cours de reprise : acceptez-la ou refusez-la d'abord."));

        return await ToldAsync(session, [], takeOver, cancellationToken);
    }

    public Task<Outcome<TakeOver>> LoadAsync(TenantSession session, RecordLoadRequest request, CancellationToken cancellationToken)
    {
        var violations = new List<FieldViolation>();
        var totals = ControlTotals.Read(request.Totals, violations);
        var ids = PlanIds.Read(request.ProjectId, "take_over_id", request.TakeOverId, violations);
        return MoveAsync(session, ids, request.Etag, (takeOver, now) => TakeOverMoves.Load(takeOver, totals!, now), cancellationToken);
    }

    public Task<Outcome<TakeOver>> AcceptAsync(TenantSession session, AcceptTakeOverRequest request, CancellationToken cancellationToken)
    {
        var violations = new List<FieldViolation>();
        var reason = TextField.ReadText("reason", request.Reason, 2000, violations);
        var ids = PlanIds.Read(request.ProjectId, "take_over_id", request.TakeOverId, violations);
        return MoveAsync(session, ids, request.Etag, (takeOver, now) => TakeOverMoves.Accept(takeOver, session.Caller, reason!, now), cancellationToken);
    }

    public Task<Outcome<TakeOver>> RefuseAsync(TenantSession session, RefuseTakeOverRequest request, CancellationToken cancellationToken)
    {
        var violations = new List<FieldViolation>();
        var reason = TextField.ReadRequiredText("reason", request.Reason, 2000, violations);
        var ids = PlanIds.Read(request.ProjectId, "take_over_id", request.TakeOverId, violations);
        return MoveAsync(session, ids, request.Etag, (takeOver, now) => TakeOverMoves.Refuse(takeOver, reason!, now), cancellationToken);
    }

    // A lot that is retired is one that does not exist.
    private static async Task<(ProjectRow Project, TakeOverLotRow Row)> FindLotAsync(
        TenantSession session, ProjectRow project, Guid id, CancellationToken cancellationToken)
    {
        var lot = await ItemTables.TakeOverLots.FindAsync(session, project, id, cancellationToken);
        return (project, lot is { State: not ItemStates.Retired } ? lot : LotNotFound.ValueOrStatus());
    }

    private static TakeOverRow New(TakeOverLotRow lot, bool dryRun, IReadOnlyList<ControlTotal> totals, IReadOnlyList<Answered> evidence, Guid id, DateTime now) => new(
        lot.OwnerId, lot.DelegationId, lot.DelegateId, lot.ProjectId, lot.Id, lot.Title, id, dryRun, State.Started.Stored(), lot.Revision,
        ControlTotals.Write(totals), ControlTotals.Write([]), string.Join('\n', evidence.Select(answered => answered.Stored)), InsurerPersonId: null,
        InsurerConsentTime: null, InsurerReason: null, DelegatePersonId: null, DelegateConsentTime: null, DelegateReason: null, Refusal: null,
        ContentRevision: 1, now, now, Revision: 1);

    private async Task<Outcome<TakeOver>> MoveAsync(
        TenantSession session, (Guid ProjectId, Guid TakeOverId) ids, string etag, Func<TakeOverRow, DateTime, Outcome<TakeOverRow>> move, CancellationToken cancellationToken)
    {
        var project = (await session.LockProjectAsync(ids.ProjectId, cancellationToken)).ValueOrStatus();
        var before = (await session.FindTakeOverAsync(project, ids.TakeOverId, cancellationToken)).ValueOrStatus();
        if ((RunbookMoves.EtagMismatch<TakeOver>(etag, before.Id, before.ContentRevision, before.Revision) ?? ProjectChange.NeedsAProjectInProgress<TakeOver>(project)) is { } refused)
            return refused;

        return await move(before, clock.GetUtcNow().InMicroseconds()).ThenAsync(async after =>
        {
            await session.UpdateTakeOverAsync(after, cancellationToken);
            return await ToldAsync(session, Waiting(before), after, cancellationToken);
        });
    }

    private async Task<Outcome<TakeOver>> ToldAsync(TenantSession session, IReadOnlyList<OpenWork> before, TakeOverRow takeOver, CancellationToken cancellationToken)
    {
        var told = new TakeOverChanged { TakeOver = takeOver.ToMessage() };
        await session.AppendAsync(takeOver.Parties.Entry(TakeOverRow.ObjectType, takeOver.Id, takeOver.Revision, told), clock, cancellationToken);
        await session.KeepWorkAsync(before, Waiting(takeOver), clock, cancellationToken);
        return new Outcome<TakeOver>.Accepted(takeOver.ToMessage());
    }

    // The delegate loads; then each side accepts or refuses.
    private static IReadOnlyList<OpenWork> Waiting(TakeOverRow takeOver) => takeOver.In switch
    {
        State.Started => [Work(takeOver, "take_over.load", Side.Delegate, new($"Load the lot: {takeOver.LotTitle}", $"Charger le lot : {takeOver.LotTitle}"))],
        State.Loaded => [.. new[] { Side.Insurer, Side.Delegate }.Where(side => !takeOver.HasConsentOf(side)).Select(side => Work(
            takeOver, "take_over.accept", side, new($"Accept or refuse what was loaded: {takeOver.LotTitle}", $"Accepter ou refuser ce qui est chargé : {takeOver.LotTitle}")))],
        _ => [],
    };

    private static OpenWork Work(TakeOverRow takeOver, string kind, Side side, LocalizedText title) => new(
        new WorkItemKey(kind, TakeOverRow.ObjectType, takeOver.Id, side), takeOver.OwnerId, takeOver.DelegationId, takeOver.DelegateId, title)
    {
        Roles = kind == "take_over.load" ? [Role.DelegationManager, Role.ProjectLead, Role.Operations] : [Role.DelegationManager, Role.ProjectLead],
    };
}
