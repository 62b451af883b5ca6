using Delegation.ServiceDefaults.Errors;

namespace Delegation.ProjectDelivery.Phases.Criteria;

/// <summary>A launch ends with an action plan in which both sides have something to do: each action has an owner and a day.</summary>
internal sealed class ActionPlanMade : ICriterion
{
    public string Code => "ACTION_PLAN_MADE";

    public LocalizedText Title { get; } = new("The action plan has actions of both sides", "Le plan d'actions comporte des actions des deux parties");

    public LocalizedText LooksAt { get; } = new("The actions of the project that were not dropped", "Les actions du projet qui ne sont pas abandonnées");

    public async Task<Finding> LookAsync(CriterionQuestion question, CancellationToken cancellationToken)
    {
        // The first of each side proves it; later actions change nothing of that.
        var first = await question.Session.QueryAsync<Known>(
            """
            SELECT DISTINCT ON (side) side, action_id AS id FROM action
            WHERE owner_id = @OwnerId AND project_id = @Id AND state <> 'dropped'
            ORDER BY side, action_id
            """,
            new { question.Project.OwnerId, question.Project.Id },
            cancellationToken);
        return Finding.Of(
            first.Count == 2,
            first.Select(action => action.Side).ToArray() switch
            {
                [] => new("There is no action.", "Il n'y a aucune action."),
                ["insurer"] => new("The delegate has no action.", "Le délégataire n'a aucune action."),
                ["delegate"] => new("The insurer has no action.", "L'assureur n'a aucune action."),
                _ => new("Both sides have actions with owner and date.", "Chaque partie a des actions avec porteur et échéance."),
            },
            [.. first.Select(action => new Answered("action", action.Id, 1))]);
    }

    private sealed record Known(string Side, Guid Id);
}
