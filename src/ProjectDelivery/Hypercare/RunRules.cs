using Delegation.Delivery.V1;
using Delegation.ProjectDelivery.Projects;
using Delegation.ServiceDefaults.Outcomes;

namespace Delegation.ProjectDelivery.Hypercare;

/// <summary>What belongs to the run of a project waits for it.</summary>
internal static class RunRules
{
    /// <summary>Null for a project in the run.</summary>
    public static Outcome<T>? NeedsTheRun<T>(ProjectRow project) =>
        ProjectChange.NeedsAProjectInProgress<T>(project) ?? (project.Position.Phase == ProjectPhase.Run
            ? null
            : new Outcome<T>.Refused("PROJECT_NOT_IN_RUN", new("The run of this project has not begun.", "L'exploitation de ce projet n'a pas commencé.")));

    /// <summary>Null for a project in hypercare.</summary>
    public static Outcome<T>? NeedsHypercare<T>(ProjectRow project) =>
        ProjectChange.NeedsAProjectInProgress<T>(project) ?? (project.Position.Stage == RunStage.Hypercare
            ? null
            : new Outcome<T>.Refused("PROJECT_NOT_IN_HYPERCARE", new("This project is not in hypercare.", "Ce projet n'est pas en suivi rapproché.")));
}
