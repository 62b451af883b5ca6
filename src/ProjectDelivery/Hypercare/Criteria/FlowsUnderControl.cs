using Delegation.ProjectDelivery.Phases;
using Delegation.ServiceDefaults.Errors;

namespace Delegation.ProjectDelivery.Hypercare.Criteria;

/// <summary>Operations are closed about as fast as they come in.</summary>
internal sealed class FlowsUnderControl : ICriterion
{
    public string Code => "FLOWS_UNDER_CONTROL";

    public LocalizedText Title { get; } = new("Operations are closed as they come in", "Les opérations s'écoulent au rythme des entrées");

    public LocalizedText LooksAt { get; } = new("Operations received and closed in the window", "Les opérations reçues et closes dans la fenêtre");

    public KnownBy KnownBy => KnownBy.Reporting;

    public async Task<Finding> LookAsync(CriterionQuestion question, CancellationToken cancellationToken)
    {
        if (await Observation.OfAsync(question, cancellationToken) is not { } observation)
            return Observation.NotBegun;

        var (received, closed) = (observation.Counts.Total?.Received ?? 0, observation.Counts.Total?.Closed ?? 0);
        return Finding.Of(
            received > 0 && closed * 100 >= received * observation.Terms.LeastClosedPercent,
            new($"Received: {received}; closed: {closed}; agreed: {observation.Terms.LeastClosedPercent} %.",
                $"Reçues : {received} ; closes : {closed} ; convenu : {observation.Terms.LeastClosedPercent} %."),
            observation.Answering);
    }
}
