using Delegation.Reporting.V1;
using Delegation.ServiceDefaults.Fields;
using Grpc.Core;

namespace Delegation.ProjectDelivery.Phases;

/// <summary>What Reporting answers the caller in one look at a project: each question is asked once, when the first criterion wants to know.</summary>
/// <exception cref="RpcException">Reporting does not answer, or not this caller.</exception>
internal sealed class ReportingAnswers(Operations.OperationsClient operations, string delegationId, CallOptions options)
{
    private readonly Dictionary<(DateOnly First, DateOnly Last), Task<OperationCounts>> _counts = [];

    /// <summary>The operations of a period, counted.</summary>
    public Task<OperationCounts> CountsAsync(DateOnly first, DateOnly last) => _counts.TryGetValue((first, last), out var asked)
        ? asked
        : _counts[(first, last)] = operations.GetOperationCountsAsync(
            new GetOperationCountsRequest { DelegationId = delegationId, PeriodStartDay = DayField.Write(first), PeriodEndDay = DayField.Write(last) },
            options).ResponseAsync;
}
