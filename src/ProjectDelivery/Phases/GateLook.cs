using Delegation.Delivery.V1;
using Delegation.Persistence.Tenancy;
using Delegation.ProjectDelivery.Projects;
using Delegation.ServiceDefaults.Time;
using Grpc.Core;

namespace Delegation.ProjectDelivery.Phases;

/// <summary>
/// One look at the gates of a project, for one caller at one instant. Other services are asked before the project is locked, so that nobody waits
/// for them behind the lock; what this service answers itself is looked at under it.
/// </summary>
internal sealed class GateLook(TenantSession session, Peers peers, ProjectRow project, DateTimeOffset now, CancellationToken cancellationToken)
{
    private readonly Dictionary<ICriterion, Finding> _findings = [];
    private readonly (ContractsAnswers Contracts, ReportingAnswers Reporting) _peers = peers.About(project.DelegationId, now, cancellationToken);

    private CriterionQuestion Question => new(project, session, _peers.Contracts, _peers.Reporting, ParisDays.DayAt(now));

    /// <summary>Asks the other services, and nobody else, what a gate wants to know of them.</summary>
    public async Task AskOthersAsync(ProjectGate gate)
    {
        foreach (var criterion in GateCriteria.Of(gate).Where(criterion => criterion.KnownBy != KnownBy.Delivery))
            await LookAsync(criterion);
    }

    /// <summary>What all criteria of a gate say, with the overrides that hold.</summary>
    public async Task<GateVerdict> JudgeAsync(ProjectGate gate, IReadOnlyList<OverrideRow> inForce)
    {
        var results = new List<CriterionResult>();
        foreach (var criterion in GateCriteria.Of(gate))
            results.Add(new CriterionResult(criterion, await LookAsync(criterion), inForce.FirstOrDefault(
                covering => covering.Which == gate && covering.Criterion == criterion.Code && covering.HoldsOn(Question.Today))));

        return new GateVerdict(gate, results) { DelegateHasLeft = gate == ProjectGate.ToClosed && await IsDelegationClosedAsync() };
    }

    /// <summary>What one criterion finds; it is looked at once.</summary>
    public async Task<Finding> LookAsync(ICriterion criterion) =>
        _findings.TryGetValue(criterion, out var known) ? known : _findings[criterion] = await FindAsync(criterion);

    private Task<bool> IsDelegationClosedAsync() => session.FindAsync<bool>(
        "SELECT state = 'closed' FROM delegation WHERE owner_id = @OwnerId AND delegation_id = @DelegationId",
        new { project.OwnerId, project.DelegationId },
        cancellationToken);

    private async Task<Finding> FindAsync(ICriterion criterion)
    {
        try
        {
            return await criterion.LookAsync(Question, cancellationToken);
        }
        catch (RpcException failure) when (criterion.KnownBy != KnownBy.Delivery && !cancellationToken.IsCancellationRequested)
        {
            var reason = failure.StatusCode;
            return Finding.NotAnswered(new($"{criterion.KnownBy} does not answer ({reason}).", $"{criterion.KnownBy} ne répond pas ({reason})."));
        }
    }
}
