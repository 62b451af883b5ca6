using Delegation.Contracts.V1;
using Delegation.Persistence.Access;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Time;
using Grpc.Core;

namespace Delegation.Contracts.Reversibility;

/// <summary>The rpcs of <c>delegation.contracts.v1.RunOff</c>: read the exit, apply the rules. What each means is in the contract.</summary>
internal sealed class RunOffService(TenantSessions sessions, TimeProvider clock) : RunOff.RunOffBase
{
    public override async Task<FindClaimManagerResponse> FindClaimManager(FindClaimManagerRequest request, ServerCallContext context)
    {
        var violations = new List<FieldViolation>();
        var care = DayField.Read("care_day", request.CareDay, violations);
        var receipt = DayField.Read("receipt_day", request.ReceiptDay, violations);
        var (exit, day) = await ReadAsync(request.DelegationId, request.ExitId, request.Day, violations, context);

        var terms = new RunOffTerms(
            exit.Terms.RunOffOption, Triggering.DayOf(exit.CutoverDay), Triggering.DayOf(exit.RunOffEndDay), exit.Terms.CutOffDays, exit.Terms.Recoveries);
        var found = RunOffRules.On(terms, new Claim(care!.Value, receipt!.Value, request.RecoveryOpenedBefore, request.GrantedBefore), day);
        return new() { Day = DayField.Write(day), Manager = found.Manager, Rule = found.Rule, LastDay = DayField.Write(found.LastDay) };
    }

    public override async Task<ListFlowOwnersResponse> ListFlowOwners(ListFlowOwnersRequest request, ServerCallContext context)
    {
        var (exit, day) = await ReadAsync(request.DelegationId, request.ExitId, request.Day, [], context);
        var cutover = Triggering.DayOf(exit.CutoverDay);
        return new() { Day = DayField.Write(day), Owners = { exit.Flows.Select(flow => FlowRules.On(flow, cutover, day)) } };
    }

    private async Task<(Exit Exit, DateOnly Day)> ReadAsync(string delegationId, string exitId, string asked, List<FieldViolation> violations, ServerCallContext context)
    {
        var now = clock.GetUtcNow();
        var day = DayField.ReadOptional("day", asked, violations) ?? ParisDays.DayAt(now);
        IdField.Read("delegation_id", delegationId, violations);
        IdField.Read("exit_id", exitId, violations);
        violations.RefuseIfAny();

        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var (delegation, row) = await session.FindExitAsync(delegationId, exitId, context.CancellationToken);
        var exit = row.Read();
        await ExitJoining.JoinAsync(session, delegation, exit, now, context.CancellationToken);
        return (exit, day);
    }
}
