using Delegation.ProjectDelivery.Phases;
using Delegation.ServiceDefaults.Errors;

namespace Delegation.ProjectDelivery.Cutover;

/// <summary>The run begins with the go of both sides at each decision point of the cutover, rehearsals apart.</summary>
internal sealed class CutoverGo : ICriterion
{
    public string Code => "CUTOVER_GO";

    public LocalizedText Title { get; } = new("Both sides said go to the cutover", "Les deux parties ont dit go à la bascule");

    public LocalizedText LooksAt { get; } = new(
        "The decision points of the latest cutover that is no rehearsal", "Les points de décision de la dernière bascule, hors répétitions");

    public async Task<Finding> LookAsync(CriterionQuestion question, CancellationToken cancellationToken)
    {
        if (await question.Session.FindLatestCutoverAsync(question.Project, cancellationToken) is not { } cutover)
            return Finding.Unmet(new("No cutover is planned.", "Aucune bascule n'est planifiée."));

        var evidence = new Answered(CutoverRow.ObjectType, cutover.Id, cutover.ContentRevision);
        var open = cutover.ReadSteps().Where(step => step.IsDecision && step.Ended is null).Select(step => step.Number).ToArray();
        return cutover.In == Delivery.V1.Cutover.Types.State.RolledBack
            ? Finding.Unmet(new("The cutover was rolled back.", "La bascule a fait l'objet d'un retour arrière."), evidence)
            : open.Length > 0
                ? Finding.Unmet(
                    new($"Without the go of both sides: {string.Join(", ", open)}.", $"Sans le go des deux parties : {string.Join(", ", open)}."), evidence)
                : Finding.Met(new("Both sides said go at each decision point.", "Les deux parties ont dit go à chaque point de décision."), evidence);
    }
}
