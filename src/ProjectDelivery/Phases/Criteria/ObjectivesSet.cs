using Delegation.ServiceDefaults.Errors;

namespace Delegation.ProjectDelivery.Phases.Criteria;

/// <summary>A launch ends with general objectives.</summary>
internal sealed class ObjectivesSet : ICriterion
{
    public string Code => "OBJECTIVES_SET";

    public LocalizedText Title { get; } = new("General objectives are set", "Les objectifs généraux sont fixés");

    public LocalizedText LooksAt { get; } = new("The objectives of the project that were not dropped", "Les objectifs du projet qui ne sont pas abandonnés");

    public async Task<Finding> LookAsync(CriterionQuestion question, CancellationToken cancellationToken)
    {
        var objectives = await question.Session.QueryAsync<Known>(
            """
            SELECT goal_id AS id, revision FROM goal
            WHERE owner_id = @OwnerId AND project_id = @Id AND kind = 'objective' AND state <> 'dropped'
            ORDER BY goal_id
            LIMIT 20
            """,
            new { question.Project.OwnerId, question.Project.Id },
            cancellationToken);
        return Finding.Of(
            objectives.Count > 0,
            objectives.Count > 0 ? new($"Objectives: {objectives.Count}.", $"Objectifs : {objectives.Count}.") : new("There is none.", "Il n'y en a aucun."),
            [.. objectives.Select(objective => new Answered("goal", objective.Id, objective.Revision))]);
    }

    private sealed record Known(Guid Id, long Revision);
}
