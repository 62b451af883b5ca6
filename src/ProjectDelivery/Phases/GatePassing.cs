using Delegation.Persistence.Tenancy;
using Delegation.ProjectDelivery.Projects;
using Delegation.ServiceDefaults.Outcomes;
using Delegation.ServiceDefaults.Time;

namespace Delegation.ProjectDelivery.Phases;

/// <summary>Decides on the passing of a gate by one side. The phase changes with the last one that it takes, on the evidence that the first saw.</summary>
internal static class GatePassing
{
    /// <param name="project">As it is, locked.</param>
    /// <param name="former">The gate as the sides have passed it so far; null when none has.</param>
    /// <param name="verdict">What its criteria say now.</param>
    /// <param name="caller">Who passes it.</param>
    /// <param name="etag">The evidence that they read.</param>
    /// <param name="now">When.</param>
    public static Outcome<GateRow> Decide(ProjectRow project, GateRow? former, GateVerdict verdict, Caller caller, string etag, DateTimeOffset now)
    {
        if (ProjectChange.NeedsAProjectInProgress<GateRow>(project) is { } closed)
            return closed;

        if (project.Position.Next != verdict.Gate)
            return NotNext;

        if (etag.Length == 0)
            return verdict.EtagMismatch<GateRow>(etag)!;

        if (!verdict.IsOpen)
            return new Outcome<GateRow>.Refused(
                "GATE_SHUT",
                new("The gate is shut: each missing criterion is listed.", "Le jalon est fermé : chaque critère manquant est indiqué."),
                verdict.Missing);

        if (verdict.EtagMismatch<GateRow>(etag) is { } stale)
            return stale;

        var evidence = verdict.Sha256;
        if (former?.WasPassedBy(caller.Side, evidence) == true)
            return new Outcome<GateRow>.Refused(
                "GATE_ALREADY_PASSED",
                new("Your side has passed this gate; the other has not yet.", "Votre partie a franchi ce jalon ; l'autre pas encore."));

        return new Outcome<GateRow>.Accepted((former ?? New(project, verdict, now)).PassedBy(caller, evidence, verdict.Sides, now.InMicroseconds()));
    }

    private static Outcome<GateRow> NotNext { get; } = new Outcome<GateRow>.Refused(
        "GATE_NOT_NEXT", new("This is not the next gate of the project.", "Ce n'est pas le prochain jalon du projet."));

    private static GateRow New(ProjectRow project, GateVerdict verdict, DateTimeOffset now) => new(
        project.OwnerId, project.DelegationId, project.DelegateId, project.Id, NewId.At(now), verdict.Gate.Stored(), verdict.Sha256,
        InsurerPersonId: null, InsurerPassTime: null, DelegatePersonId: null, DelegatePassTime: null, PassTime: null, Revision: 0);
}
