using Delegation.ProjectDelivery.Phases;
using Delegation.ServiceDefaults.Errors;

namespace Delegation.ProjectDelivery.Hypercare.Criteria;

/// <summary>Nearly all operations are closed within the agreed time.</summary>
internal sealed class ProcessingTimesHeld : ICriterion
{
    public string Code => "PROCESSING_TIMES_HELD";

    public LocalizedText Title { get; } = new("95 of 100 operations are closed in the agreed time", "95 % des opérations sont closes dans le délai convenu");

    public LocalizedText LooksAt { get; } = new("How long operations took that were closed in the window", "Le délai des opérations closes dans la fenêtre");

    public KnownBy KnownBy => KnownBy.Reporting;

    public async Task<Finding> LookAsync(CriterionQuestion question, CancellationToken cancellationToken)
    {
        if (await Observation.OfAsync(question, cancellationToken) is not { } observation)
            return Observation.NotBegun;

        return observation.Counts.Total?.Times is not { } times
            ? Finding.Unmet(new("None was closed.", "Aucune n'a été close."), observation.Answering)
            : Finding.Of(
                times.Percentile95Days <= observation.Terms.MostWorkingDays,
                new($"95 of 100 took {times.Percentile95Days} working days at most; agreed: {observation.Terms.MostWorkingDays}.",
                    $"95 % closes en {times.Percentile95Days} jours ouvrés au plus ; convenu : {observation.Terms.MostWorkingDays}."),
                observation.Answering);
    }
}
