using Delegation.ServiceDefaults.Errors;

namespace Delegation.ProjectDelivery.Phases.Criteria;

/// <summary>A project is closed when nothing that both sides once went on without is still missing. What they close it without is no such thing.</summary>
internal sealed class OverridesSettled : ICriterion
{
    public string Code => "OVERRIDES_SETTLED";

    public LocalizedText Title { get; } = new("Every override of the gates before is settled", "Les dérogations aux jalons précédents sont soldées");

    public LocalizedText LooksAt { get; } = new("Overrides in force or expired", "Les dérogations en vigueur ou expirées");

    public async Task<Finding> LookAsync(CriterionQuestion question, CancellationToken cancellationToken)
    {
        var open = await question.Session.FindAsync<int>(
            """
            SELECT count(*)::integer FROM gate_override
            WHERE owner_id = @OwnerId AND project_id = @Id AND state IN ('in_force', 'expired') AND gate <> 'to_closed'
            """,
            new { question.Project.OwnerId, question.Project.Id },
            cancellationToken);
        return Finding.Of(open == 0, open == 0 ? new("None is open.", "Aucune n'est ouverte.") : new($"Open: {open}.", $"Ouvertes : {open}."));
    }
}
