using Delegation.ProjectDelivery.Phases;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;

namespace Delegation.ProjectDelivery.Hypercare.Criteria;

/// <summary>The run was observed for as long as agreed, and imports tell of all of it.</summary>
internal sealed class RunObserved : ICriterion
{
    public string Code => "RUN_OBSERVED";

    public LocalizedText Title { get; } = new("The run was observed for as long as agreed", "L'exploitation a été observée pendant la durée convenue");

    public LocalizedText LooksAt { get; } = new("The day up to which imports tell of the operations", "Le jour jusqu'auquel les imports font connaître les opérations");

    public KnownBy KnownBy => KnownBy.Reporting;

    public async Task<Finding> LookAsync(CriterionQuestion question, CancellationToken cancellationToken)
    {
        if (await Observation.OfAsync(question, cancellationToken) is not { } observation)
            return Observation.NotBegun;

        var wanted = DayField.Write(observation.RunStartDay.AddDays(observation.Terms.ObserveDays - 1));
        var covered = observation.Counts.CoveredToDay;
        return Finding.Of(
            string.CompareOrdinal(covered, wanted) >= 0,
            covered.Length == 0
                ? new("No import was applied.", "Aucun import n'a été appliqué.")
                : new($"Imports tell of the operations up to {covered}; agreed: {wanted}.", $"Les imports couvrent jusqu'au {covered} ; convenu : {wanted}."),
            observation.Answering);
    }
}
