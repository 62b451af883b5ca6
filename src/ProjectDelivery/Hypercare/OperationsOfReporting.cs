using Delegation.Reporting.V1;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Outcomes;
using Grpc.Core;

namespace Delegation.ProjectDelivery.Hypercare;

/// <summary>Asks Reporting, in the name of the caller that is being served, for one operation.</summary>
internal sealed class OperationsOfReporting(Operations.OperationsClient reporting)
{
    /// <summary>The latest version of the operation with a reference.</summary>
    /// <exception cref="RpcException">UNAVAILABLE or DEADLINE_EXCEEDED: Reporting does not answer. What it refuses the caller, who was let in here.</exception>
    public async Task<Outcome<Operation>> FindAsync(Guid delegationId, string reference, CancellationToken cancellationToken)
    {
        var request = new ListOperationVersionsRequest { DelegationId = delegationId.ToString(), Reference = reference, PageSize = 1 };
        try
        {
            var versions = (await reporting.ListOperationVersionsAsync(request, cancellationToken: cancellationToken)).Versions;
            return versions is [{ State: not Operation.Types.State.Withdrawn } latest, ..]
                ? new Outcome<Operation>.Accepted(latest)
                : new Outcome<Operation>.NotFound(
                    "OPERATION_NOT_FOUND", new("No import told of an operation with this reference.", "Aucun import n'a fait connaître d'opération portant cette référence."));
        }
        catch (RpcException refused) when (refused.StatusCode
            is StatusCode.Unauthenticated or StatusCode.PermissionDenied or StatusCode.NotFound or StatusCode.FailedPrecondition)
        {
            throw RpcErrors.PassOn(refused);
        }
    }
}
