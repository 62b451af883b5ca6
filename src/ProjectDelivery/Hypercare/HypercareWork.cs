using Delegation.Access.V1;
using Delegation.Persistence.Work;
using Delegation.ProjectDelivery.Projects;
using Delegation.ServiceDefaults.Errors;

namespace Delegation.ProjectDelivery.Hypercare;

/// <summary>What hypercare puts on work lists.</summary>
internal static class HypercareWork
{
    private static readonly Role[] Leads = [Role.DelegationManager, Role.ProjectLead];
    private static readonly Side[] Sides = [Side.Insurer, Side.Delegate];

    /// <summary>Terms that somebody set or agreed to wait for who has not agreed; a team that one side released waits for the other.</summary>
    public static IReadOnlyList<OpenWork> Of(ProjectRow project, HypercareRow hypercare) =>
    [
        .. Sides.Where(side => hypercare.Revision > 0 && !hypercare.IsAgreedBy(side)).Select(side => Work(
            project, "hypercare.agree", side,
            new($"{project.Name}: agree to the terms of exit from hypercare", $"{project.Name} : valider les critères de sortie du suivi rapproché"))),
        .. Sides.Where(side => Sides.Any(hypercare.IsReleasedBy) && !hypercare.IsReleasedBy(side)).Select(side => Work(
            project, "hypercare.release", side, new($"{project.Name}: release the project team", $"{project.Name} : libérer l'équipe projet"))),
    ];

    private static OpenWork Work(ProjectRow project, string kind, Side side, LocalizedText title) =>
        new(new WorkItemKey(kind, HypercareRow.ObjectType, project.Id, side), project.OwnerId, project.DelegationId, project.DelegateId, title) { Roles = Leads };
}
