using Delegation.Delivery.V1;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;
using Delegation.ServiceDefaults.Time;

namespace Delegation.ProjectDelivery.Projects;

/// <summary>What the insurer says to stop a project whose delegation has ended: of what its gates want, a delegate that has left does nothing any more.</summary>
internal sealed record Stopping(Guid ProjectId, string Reason, string Etag)
{
    private const int ReasonLength = 1000;

    private static readonly LocalizedText NotEnded = new(
        "This delegation has not ended: both sides lead its project to the end by the gates.",
        "Cette délégation n'a pas pris fin : les deux parties mènent son projet à son terme par les jalons.");

    public static Stopping Read(StopProjectRequest request)
    {
        var violations = new List<FieldViolation>();
        var projectId = IdField.Read("project_id", request.ProjectId, violations);
        var reason = TextField.ReadRequiredText("reason", request.Reason, ReasonLength, violations);

        violations.RefuseIfAny();
        return new Stopping(projectId!.Value, reason!, request.Etag);
    }

    public Outcome<ProjectRow> Decide(ProjectRow project, DelegationKnown delegation, DateTimeOffset now)
    {
        if ((Persistence.Commands.Etag.Mismatch<ProjectRow>(Etag, project.Id, project.Revision) ?? ProjectChange.NeedsAProjectInProgress<ProjectRow>(project)) is { } refused)
            return refused;

        return delegation.HasEnded
            ? new Outcome<ProjectRow>.Accepted(project.Stopped(Reason, now.InMicroseconds()))
            : new Outcome<ProjectRow>.Refused("DELEGATION_NOT_ENDED", NotEnded);
    }
}
