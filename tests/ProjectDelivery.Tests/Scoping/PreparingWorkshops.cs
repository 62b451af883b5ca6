using Delegation.Access.V1;
using Delegation.Delivery.V1;
using Delegation.TestKit.Access;
using Google.Protobuf.WellKnownTypes;
using static Delegation.ProjectDelivery.Tests.Preparing;
using NeedOutcome = Delegation.Delivery.V1.NeedDecision.Types.Outcome;

namespace Delegation.ProjectDelivery.Tests.Scoping;

/// <summary>Prepares workshops and the needs that they bring out.</summary>
internal static class PreparingWorkshops
{
    public static Workshops.WorkshopsClient Workshops(Scene scene, Actor actor) => new(scene.As(actor));

    public static Needs.NeedsClient Needs(Scene scene, Actor actor) => new(scene.As(actor));

    public static PlanWorkshopRequest NewWorkshop(this Scene scene, string projectId, Actor actor) => new()
    {
        ProjectId = projectId,
        Title = "Atelier garanties",
        StartTime = Timestamp.FromDateTime(new DateTime(2026, 3, 9, 8, 0, 0, DateTimeKind.Utc)),
        Place = "Paris, salle 2",
        Points = { "Grille des garanties", "Actes hors nomenclature" },
        PersonIds = { scene.PersonOf(actor).ToString() },
    };

    /// <summary>A workshop that the insurer planned, and for which both sides named somebody.</summary>
    public static async Task<(TwoParties Two, Workshop Workshop)> WorkshopAsync(this Scene scene)
    {
        var (two, project) = await scene.ProjectAsync();
        var workshop = await Workshops(scene, two.Insurer).PlanWorkshopAsync(scene.NewWorkshop(project.Id, two.Insurer), deadline: Deadline);
        return (two, await Workshops(scene, two.Delegate).SetWorkshopParticipantsAsync(scene.Participants(workshop, two.Delegate), deadline: Deadline));
    }

    public static SetWorkshopParticipantsRequest Participants(this Scene scene, Workshop workshop, Actor actor) =>
        new() { ProjectId = workshop.ProjectId, WorkshopId = workshop.Id, PersonIds = { scene.PersonOf(actor).ToString() }, Etag = workshop.Etag };

    /// <summary>The request that changes nothing.</summary>
    public static UpdateWorkshopRequest Whole(Workshop workshop) => new()
    {
        ProjectId = workshop.ProjectId, WorkshopId = workshop.Id, Title = workshop.Title, StartTime = workshop.StartTime, Place = workshop.Place,
        Points = { workshop.Points }, Etag = workshop.Etag,
    };

    public static RecordWorkshopRequest Record(Workshop workshop) =>
        new() { ProjectId = workshop.ProjectId, WorkshopId = workshop.Id, Record = "Grille relue ligne par ligne.\nDeux actes à préciser.", Etag = workshop.Etag };

    /// <summary>A need that the insurer raised in a workshop.</summary>
    public static async Task<(TwoParties Two, Need Need)> NeedAsync(this Scene scene)
    {
        var (two, workshop) = await scene.WorkshopAsync();
        return (two, await Needs(scene, two.Insurer).RaiseNeedAsync(NewNeed(workshop), deadline: Deadline));
    }

    public static RaiseNeedRequest NewNeed(Workshop workshop) => new()
    {
        ProjectId = workshop.ProjectId, WorkshopId = workshop.Id, Title = "Relances des cotisations impayées par SMS", Description = "Avant la mise en demeure.",
    };

    public static DecideNeedRequest Decide(Need need, NeedDecision decision) => new() { ProjectId = need.ProjectId, NeedId = need.Id, Decision = decision, Etag = need.Etag };

    public static ConfirmNeedDecisionRequest Confirm(Need need) => new() { ProjectId = need.ProjectId, NeedId = need.Id, Etag = need.Etag };

    public static NeedDecision Accept(NeedDecision.Types.Becomes becomes) => new()
    {
        Outcome = NeedOutcome.Accept, Becomes = becomes, Reason = "Demandé par les entreprises", Owner = new ActionOwner { Side = Side.Delegate, Role = Role.Operations }, DueDay = "2099-06-30",
    };

    public static NeedDecision Refuse => new() { Outcome = NeedOutcome.Refuse, Reason = "Hors du périmètre délégué" };

    public static NeedDecision Defer => new() { Outcome = NeedOutcome.Defer, DueDay = "2099-06-30" };
}
