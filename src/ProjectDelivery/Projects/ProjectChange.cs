using Delegation.Delivery.V1;
using Delegation.Persistence.Commands;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;
using Delegation.ServiceDefaults.Time;

namespace Delegation.ProjectDelivery.Projects;

/// <summary>Decides on a change to a project.</summary>
internal static class ProjectChange
{
    private static readonly LocalizedText Closed = new(
        "This project is closed: it can be read and not be changed.", "Ce projet est clos : il se lit et ne se modifie plus.");

    public static Outcome<ProjectRow> Decide(UpdateProjectRequest request, ProjectRow project, DateTimeOffset now)
    {
        var violations = new List<FieldViolation>();
        var name = TextField.ReadLine("name", request.Name, Opening.NameLength, violations);
        var targetDay = Opening.ReadTargetDay(request.TargetDay, project.OpeningDay, violations);
        if (violations.Count > 0)
            return new Outcome<ProjectRow>.Invalid(violations);

        return Etag.Mismatch<ProjectRow>(request.Etag, project.Id, project.Revision)
            ?? NeedsAProjectInProgress<ProjectRow>(project)
            ?? new Outcome<ProjectRow>.Accepted(
                project with { Name = name!, TargetDay = targetDay, UpdateTime = now.InMicroseconds(), Revision = project.Revision + 1 });
    }

    /// <summary>Nothing changes in a closed project or its plan; null when it is in progress.</summary>
    public static Outcome<T>? NeedsAProjectInProgress<T>(ProjectRow project) => project.IsClosed ? new Outcome<T>.Refused("PROJECT_CLOSED", Closed) : null;
}
