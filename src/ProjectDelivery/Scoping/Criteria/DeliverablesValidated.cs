using Delegation.ProjectDelivery.Phases;
using Delegation.ServiceDefaults.Errors;

namespace Delegation.ProjectDelivery.Scoping.Criteria;

/// <summary>A scoping ends when both sides validated what is to be delivered: each deliverable as it is.</summary>
internal sealed class DeliverablesValidated : ICriterion
{
    public string Code => "DELIVERABLES_VALIDATED";

    public LocalizedText Title { get; } = new("Both sides validated the list of deliverables", "La liste des livrables est validée par les deux parties");

    public LocalizedText LooksAt { get; } = new("The deliverables that were not retired", "Les livrables qui ne sont pas retirés");

    public async Task<Finding> LookAsync(CriterionQuestion question, CancellationToken cancellationToken)
    {
        var deliverables = await question.Session.QueryAsync<Known>(
            """
            SELECT deliverable_id AS id, revision, num_nonnulls(insurer_consent_time, delegate_consent_time) = 2 AS isvalidated
            FROM deliverable
            WHERE owner_id = @OwnerId AND project_id = @Id AND state <> 'retired'
            ORDER BY num_nonnulls(insurer_consent_time, delegate_consent_time), deliverable_id
            LIMIT 200
            """,
            new { question.Project.OwnerId, question.Project.Id },
            cancellationToken);
        var open = deliverables.Count(deliverable => !deliverable.IsValidated);
        return Finding.Of(
            deliverables.Count > 0 && open == 0,
            deliverables.Count == 0 ? new("There is none.", "Il n'y en a aucun.")
                : open > 0 ? new($"Not validated by both: {open}.", $"Non validés par les deux parties : {open}.")
                : new($"Validated: {deliverables.Count}.", $"Validés : {deliverables.Count}."),
            [.. deliverables.Take(20).Select(deliverable => new Answered("deliverable", deliverable.Id, deliverable.Revision))]);
    }

    private sealed record Known(Guid Id, long Revision, bool IsValidated);
}
