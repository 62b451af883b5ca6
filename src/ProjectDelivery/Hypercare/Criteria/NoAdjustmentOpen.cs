using Delegation.ProjectDelivery.Phases;
using Delegation.ServiceDefaults.Errors;

namespace Delegation.ProjectDelivery.Hypercare.Criteria;

/// <summary>Hypercare ends when all adjustments are made and confirmed.</summary>
internal sealed class NoAdjustmentOpen : ICriterion
{
    public string Code => "NO_ADJUSTMENT_OPEN";

    public LocalizedText Title { get; } = new("Every adjustment is made and confirmed", "Tous les ajustements sont appliqués et confirmés");

    public LocalizedText LooksAt { get; } = new("The adjustments of the project", "Les ajustements du projet");

    public async Task<Finding> LookAsync(CriterionQuestion question, CancellationToken cancellationToken)
    {
        var open = (await question.Session.ReadHypercareAsync(question.Project, cancellationToken)).OpenAdjustments;
        return Finding.Of(open == 0, open == 0 ? new("None is open.", "Aucun n'est ouvert.") : new($"Open: {open}.", $"Ouverts : {open}."));
    }
}
