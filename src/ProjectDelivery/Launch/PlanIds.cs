using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;

namespace Delegation.ProjectDelivery.Launch;

/// <summary>The ids in the path of what belongs to a project. Reading them ends the reading of a request: what was found wrong before counts too.</summary>
internal static class PlanIds
{
    public static Guid ReadProject(string projectId, List<FieldViolation> violations)
    {
        var project = IdField.Read("project_id", projectId, violations);
        violations.RefuseIfAny();
        return project!.Value;
    }

    public static (Guid ProjectId, Guid ItemId) Read(string projectId, string field, string itemId, List<FieldViolation> violations)
    {
        var item = IdField.Read(field, itemId, violations);
        return (ReadProject(projectId, violations), item!.Value);
    }
}
