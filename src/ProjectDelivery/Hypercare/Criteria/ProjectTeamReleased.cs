using Delegation.ProjectDelivery.Phases;
using Delegation.ServiceDefaults.Errors;

namespace Delegation.ProjectDelivery.Hypercare.Criteria;

/// <summary>Cruise begins when both sides have released the project team.</summary>
internal sealed class ProjectTeamReleased : ICriterion
{
    public const string Name = "PROJECT_TEAM_RELEASED";

    public string Code => Name;

    public LocalizedText Title { get; } = new("Both sides have released the project team", "Les deux parties ont libéré l'équipe projet");

    public LocalizedText LooksAt { get; } = new("The release of the team by each side", "La libération de l'équipe par chaque partie");

    public async Task<Finding> LookAsync(CriterionQuestion question, CancellationToken cancellationToken)
    {
        var hypercare = await question.Session.ReadHypercareAsync(question.Project, cancellationToken);
        return Finding.Of(
            hypercare.IsReleased,
            hypercare.IsReleased ? new("Released.", "Libérée.") : new("Not released by both sides.", "Non libérée par les deux parties."),
            new Answered(HypercareRow.ObjectType, hypercare.ProjectId, hypercare.TermsRevision));
    }
}
