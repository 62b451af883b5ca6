using Delegation.ProjectDelivery.Phases;
using Delegation.ProjectDelivery.Scoping.Needs;
using Delegation.ServiceDefaults.Errors;

namespace Delegation.ProjectDelivery.Scoping.Criteria;

/// <summary>A scoping ends when each need that its workshops brought out was accepted, refused, or deferred to a day that is not over.</summary>
internal sealed class NeedsDecided : ICriterion
{
    public string Code => "NEEDS_DECIDED";

    public LocalizedText Title { get; } = new("Each need that workshops brought out is decided", "Chaque besoin issu des ateliers a sa décision");

    public LocalizedText LooksAt { get; } = new("The workshops held, and the needs without a decision in effect", "Les ateliers tenus, et les besoins sans décision en vigueur");

    public async Task<Finding> LookAsync(CriterionQuestion question, CancellationToken cancellationToken)
    {
        var held = await question.Session.FindAsync<int>(
            "SELECT count(*)::integer FROM workshop WHERE owner_id = @OwnerId AND project_id = @Id AND state = 'held'",
            new { question.Project.OwnerId, question.Project.Id },
            cancellationToken);
        if (held == 0)
            return Finding.Unmet(new("No workshop was held.", "Aucun atelier n'a été tenu."));

        var open = await question.Session.QueryAsync<Known>(
            """
            SELECT need_id AS id, revision, (count(*) OVER ())::integer AS count
            FROM need
            WHERE owner_id = @OwnerId AND project_id = @Id AND (state = 'raised' OR state = 'deferred' AND deferred_day < @Today)
            ORDER BY need_id
            LIMIT 20
            """,
            new { question.Project.OwnerId, question.Project.Id, question.Today },
            cancellationToken);
        return open.Count == 0
            ? Finding.Met(new($"Workshops held: {held}; no need is open.", $"Ateliers tenus : {held} ; aucun besoin n'est en attente."))
            : Finding.Unmet(
                new($"Without a decision: {open[0].Count}.", $"Sans décision : {open[0].Count}."),
                [.. open.Select(need => new Answered(NeedWork.ObjectType, need.Id, need.Revision))]);
    }

    private sealed record Known(Guid Id, long Revision, int Count);
}
