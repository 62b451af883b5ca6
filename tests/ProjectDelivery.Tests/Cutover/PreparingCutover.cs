using Dapper;
using Delegation.Access.V1;
using Delegation.Contracts.V1;
using Delegation.Delivery.V1;
using Delegation.TestKit.Access;
using Google.Protobuf.WellKnownTypes;
using Npgsql;
using static Delegation.ProjectDelivery.Tests.Preparing;
using Message = Delegation.Delivery.V1.Cutover;
using Progress = Delegation.Delivery.V1.ReportStepRequest.Types.Progress;

namespace Delegation.ProjectDelivery.Tests.Cutover;

/// <summary>Prepares cutovers and take-overs.</summary>
internal static class PreparingCutover
{
    /// <summary>A rollback point (10) of the insurer, then a decision (20), then a task (30) of the delegate.</summary>
    public static async Task<(TwoParties Two, Message Cutover)> CutoverAsync(this Scene scene)
    {
        var (two, project) = await scene.ProjectAsync(Role.ProjectLead, Role.DelegationManager);
        return (two, await scene.Cutovers(two.Insurer).CreateCutoverAsync(NewCutover(project.Id), deadline: Deadline));
    }

    /// <summary>The same, and its decision is reached.</summary>
    public static async Task<(TwoParties Two, Message Cutover)> DecisionAsync(this Scene scene)
    {
        var (two, cutover) = await scene.CutoverAsync();
        return (two, await scene.ReportAsync(two.Insurer, cutover, 10, Progress.Ended));
    }

    public static async Task<Message> ReportAsync(this Scene scene, Actor actor, Message cutover, int number, Progress progress, DateTime? time = null) =>
        await scene.Cutovers(actor).ReportStepAsync(Report(cutover, number, progress, time), deadline: Deadline);

    public static async Task<Message> DecideAsync(this Scene scene, Actor actor, Message cutover, bool go) =>
        await scene.Cutovers(actor).DecideStepAsync(Decision(cutover, go), deadline: Deadline);

    /// <summary>A lot of a project, as scoping generates it.</summary>
    public static async Task<(TwoParties Two, StartTakeOverRequest Request)> LotAsync(this Scene scene, bool personalData = true)
    {
        var (two, project) = await scene.ProjectAsync(Role.ProjectLead, Role.DelegationManager);
        return (two, await scene.LotAsync(two, project.Id, personalData));
    }

    /// <summary>One more lot of a project.</summary>
    public static async Task<StartTakeOverRequest> LotAsync(this Scene scene, TwoParties two, string projectId, bool personalData = true)
    {
        var lot = Guid.CreateVersion7();
        await using var administrator = new NpgsqlConnection(scene.Database.AdminConnectionString);
        await administrator.ExecuteAsync(
            """
            INSERT INTO take_over_lot VALUES (
                @OwnerId, @DelegationId, @DelegateId, @project, @lot, 'take_over', @key, '{}', 'active', 'Bénéficiaires et droits', 'members',
                'Gestionnaire sortant', 1000, NULL, @personalData, now(), now(), 1)
            """,
            new { two.Parties.OwnerId, two.Parties.DelegationId, two.Parties.DelegateId, project = Guid.Parse(projectId), lot, key = lot.ToString(), personalData });
        return new StartTakeOverRequest { ProjectId = projectId, LotId = lot.ToString(), Totals = { Total("Bénéficiaires", 1000), Total("Prestations", 50, 120_000_50) } };
    }

    public static async Task<(TwoParties Two, TakeOver TakeOver)> TakeOverAsync(this Scene scene)
    {
        var (two, request) = await scene.LotAsync();
        return (two, await scene.TakeOvers(two.Insurer).StartTakeOverAsync(request, deadline: Deadline));
    }

    /// <summary>One whose load lacks a beneficiary and a cent, unless it is complete.</summary>
    public static async Task<(TwoParties Two, TakeOver TakeOver)> LoadedAsync(this Scene scene, bool complete = false)
    {
        var (two, takeOver) = await scene.TakeOverAsync();
        return (two, await scene.TakeOvers(two.Delegate).RecordLoadAsync(Load(takeOver, complete), deadline: Deadline));
    }

    public static Cutovers.CutoversClient Cutovers(this Scene scene, Actor actor) => new(scene.As(actor));

    public static TakeOvers.TakeOversClient TakeOvers(this Scene scene, Actor actor) => new(scene.As(actor));

    public static TakeOverTotal Total(string title, long count, long? cents = null) => new()
    {
        Title = title, Count = count, Amount = cents is { } amount ? new Money { MinorUnits = amount, Currency = "EUR" } : null,
    };

    public static RecordLoadRequest Load(TakeOver takeOver, bool complete) => new()
    {
        ProjectId = takeOver.ProjectId,
        TakeOverId = takeOver.Id,
        Totals = { Total("Bénéficiaires", complete ? 1000 : 999), Total("Prestations", 50, complete ? 120_000_50 : 120_000_49) },
        Etag = takeOver.Etag,
    };

    public static AcceptTakeOverRequest Agreement(TakeOver takeOver, string reason = "Un bénéficiaire radié entre les deux comptages.") =>
        new() { ProjectId = takeOver.ProjectId, TakeOverId = takeOver.Id, Reason = reason, Etag = takeOver.Etag };

    public static CreateCutoverRequest NewCutover(string projectId) => new()
    {
        ProjectId = projectId,
        Title = "Bascule du 1er janvier",
        StartTime = Timestamp.FromDateTime(new DateTime(2099, 1, 1, 6, 0, 0, DateTimeKind.Utc)),
        Steps =
        {
            Step(10, CutoverStepKind.RollbackPoint, Side.Insurer, 30),
            Step(20, CutoverStepKind.DecisionPoint, Side.Insurer, 15, 10),
            Step(30, CutoverStepKind.Task, Side.Delegate, 60, 20),
        },
    };

    public static PlannedStep Step(int number, CutoverStepKind kind, Side side, int minutes, params int[] after) => new()
    {
        Number = number, Title = $"Étape {number}", Kind = kind, Owner = new ActionOwner { Side = side, Role = Role.ProjectLead }, DurationMinutes = minutes, After = { after },
    };

    public static UpdateCutoverRequest Whole(Message cutover) => new()
    {
        ProjectId = cutover.ProjectId, CutoverId = cutover.Id, Title = cutover.Title, StartTime = cutover.StartTime,
        Steps = { cutover.Steps.Select(step => step.Planned) }, Etag = cutover.Etag,
    };

    public static ReportStepRequest Report(Message cutover, int number, Progress progress, DateTime? time = null) => new()
    {
        ProjectId = cutover.ProjectId, CutoverId = cutover.Id, Number = number, Progress = progress, Time = time is { } at ? Timestamp.FromDateTime(at) : null,
    };

    public static DecideStepRequest Decision(Message cutover, bool go) => new()
    {
        ProjectId = cutover.ProjectId, CutoverId = cutover.Id, Number = 20, Go = go, Reason = go ? "" : "Le lot 3 n'est pas réconcilié.", Etag = cutover.Etag,
    };

    public static RollBackCutoverRequest Rollback(Message cutover, int number) => new()
    {
        ProjectId = cutover.ProjectId, CutoverId = cutover.Id, ToNumber = number, Reason = "Écart sur les cotisations.", Etag = cutover.Etag,
    };
}
