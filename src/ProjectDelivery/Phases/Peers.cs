using Delegation.ServiceDefaults.Time;
using Grpc.Core;
using Operations = Delegation.Reporting.V1.Operations;

namespace Delegation.ProjectDelivery.Phases;

/// <summary>The other services that gates ask, in the name of the caller that is being served.</summary>
internal sealed class Peers(ContractsClients contracts, Operations.OperationsClient operations)
{
    // All questions for one look at a project share it: a service that hangs must not take the whole time of the caller.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    /// <summary>Begins one look at a project of a delegation.</summary>
    public (ContractsAnswers Contracts, ReportingAnswers Reporting) About(Guid delegationId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var options = new CallOptions(deadline: TimeProvider.System.GetUtcNow().Add(Patience).UtcDateTime, cancellationToken: cancellationToken);
        return (new(contracts, delegationId.ToString(), ParisDays.DayAt(now), options), new(operations, delegationId.ToString(), options));
    }
}
