using Delegation.Delivery.V1;
using Delegation.ProjectDelivery.Phases;
using Delegation.ProjectDelivery.Scoping.Answers;
using Delegation.ServiceDefaults.Errors;

namespace Delegation.ProjectDelivery.Scoping.Criteria;

/// <summary>A scoping ends with an answer in effect to each of its five questions, and none that waits.</summary>
internal sealed class QuestionsAnswered : ICriterion
{
    public string Code => "FIVE_QUESTIONS_ANSWERED";

    public LocalizedText Title { get; } = new("Both sides validated the answers to the five questions", "Les réponses aux cinq questions sont validées par les deux parties");

    public LocalizedText LooksAt { get; } = new("The latest answer to each question of the scoping", "La dernière réponse à chaque question du cadrage");

    public async Task<Finding> LookAsync(CriterionQuestion question, CancellationToken cancellationToken)
    {
        var latest = await question.Session.QueryAsync<Known>(
            """
            SELECT DISTINCT ON (question) question, answer_id AS id, state, revision
            FROM scoping_answer
            WHERE owner_id = @OwnerId AND project_id = @Id
            ORDER BY question, version DESC
            """,
            new { question.Project.OwnerId, question.Project.Id },
            cancellationToken);
        var missing = Enum.GetValues<ScopingQuestion>()
            .Where(StoredNames.IsKnown)
            .Where(asked => !latest.Any(answer => answer.Question == asked.Stored() && answer.State == ScopingAnswer.Types.State.Validated.Stored()))
            .Select(AnswerWork.Words)
            .ToList();
        return Finding.Of(
            missing.Count == 0,
            missing.Count == 0
                ? new("All five are in effect.", "Les cinq sont en vigueur.")
                : new($"Not validated: {string.Join(", ", missing.Select(words => words.English))}.", $"Non validées : {string.Join(", ", missing.Select(words => words.French))}."),
            [.. latest.Select(answer => new Answered(AnswerWork.ObjectType, answer.Id, answer.Revision))]);
    }

    private sealed record Known(string Question, Guid Id, string State, long Revision);
}
