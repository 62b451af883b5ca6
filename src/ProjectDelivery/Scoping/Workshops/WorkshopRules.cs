using Delegation.Persistence.Commands;
using Delegation.ProjectDelivery.Projects;
using Delegation.ServiceDefaults.Outcomes;
using State = Delegation.Delivery.V1.Workshop.Types.State;

namespace Delegation.ProjectDelivery.Scoping.Workshops;

/// <summary>When a workshop can change.</summary>
internal static class WorkshopRules
{
    /// <summary>Only one that is ahead changes, in a project in progress; null when it does.</summary>
    public static Outcome<T>? CanChange<T>(ProjectRow project, WorkshopRow workshop, string etag) =>
        Etag.Mismatch<T>(etag, workshop.Id, workshop.Revision)
        ?? ProjectChange.NeedsAProjectInProgress<T>(project)
        ?? (workshop.State == State.Planned.Stored()
            ? null
            : new Outcome<T>.Refused("WORKSHOP_NOT_PLANNED", new("This workshop was held or cancelled already.", "Cet atelier a déjà été tenu ou annulé.")));

    /// <summary>A workshop is held by people of both sides, once it has begun; null when it was.</summary>
    public static Outcome<T>? CanHaveBeenHeld<T>(WorkshopRow workshop, DateTimeOffset now) =>
        workshop.StartTime > now.UtcDateTime
            ? new Outcome<T>.Refused("WORKSHOP_NOT_BEGUN", new("This workshop has not begun yet.", "Cet atelier n'a pas encore commencé."))
        : workshop.InsurerPeople.Length == 0 || workshop.DelegatePeople.Length == 0
            ? new Outcome<T>.Refused(
                "WORKSHOP_WITHOUT_A_SIDE",
                new("One side has named no participants: a workshop is held by both.", "Une partie n'a désigné aucun participant : un atelier se tient à deux parties."))
        : null;
}
