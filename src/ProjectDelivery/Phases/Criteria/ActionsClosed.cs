using Delegation.ServiceDefaults.Errors;

namespace Delegation.ProjectDelivery.Phases.Criteria;

/// <summary>A project is closed when nothing of its action plan is left to do.</summary>
internal sealed class ActionsClosed : ICriterion
{
    public string Code => "ACTIONS_CLOSED";

    public LocalizedText Title { get; } = new("No action is open", "Aucune action n'est en cours");

    public LocalizedText LooksAt { get; } = new("The open actions of the project", "Les actions en cours du projet");

    public async Task<Finding> LookAsync(CriterionQuestion question, CancellationToken cancellationToken)
    {
        var open = await question.Session.FindAsync<int>(
            "SELECT count(*)::integer FROM action WHERE owner_id = @OwnerId AND project_id = @Id AND state = 'open'",
            new { question.Project.OwnerId, question.Project.Id },
            cancellationToken);
        return Finding.Of(open == 0, open == 0 ? new("None is open.", "Aucune n'est en cours.") : new($"Open: {open}.", $"En cours : {open}."));
    }
}
