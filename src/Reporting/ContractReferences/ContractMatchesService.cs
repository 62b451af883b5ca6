using Delegation.Persistence.Access;
using Delegation.Persistence.Commands;
using Delegation.Persistence.Journal;
using Delegation.Persistence.Paging;
using Delegation.Persistence.Stored;
using Delegation.Persistence.Tenancy;
using Delegation.Reporting.V1;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;
using Delegation.ServiceDefaults.Time;
using Grpc.Core;

namespace Delegation.Reporting.ContractReferences;

/// <summary>The rpcs of <c>delegation.reporting.v1.ContractMatches</c>. What each means is in the contract.</summary>
internal sealed class ContractMatchesService(CommandRunner commands, TenantSessions sessions, TimeProvider clock) : ContractMatches.ContractMatchesBase
{
    private const string ObjectType = "contract_match";
    private const int LongestNumber = 64;

    private static readonly FieldViolation StateUnknown = new(
        "state", "STATE_UNKNOWN", new("This state is not known.", "Cet état n'est pas connu."), new("Choose one of the states, or nothing for all.", "Choisissez l'un des états, ou rien pour tous."));

    private static readonly FieldViolation NumberUnknown = new(
        "number", "NUMBER_UNKNOWN", new("The insurer has no contract with this number in the delegation.", "L'assureur n'a aucun contrat portant ce numéro dans la délégation."),
        new("Choose a number of the reference data, or none.", "Choisissez un numéro des données de référence, ou aucun."));

    public override async Task<ListContractMatchesResponse> ListContractMatches(ListContractMatchesRequest request, ServerCallContext context)
    {
        var violations = new List<FieldViolation>();
        var id = IdField.Read("delegation_id", request.DelegationId, violations);
        if (!Enum.IsDefined(request.State))
            violations.Add(StateUnknown);
        var asked = PageRequest.Read(request.PageSize, request.PageToken, violations);
        violations.RefuseIfAny();

        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var delegation = (await session.FindDelegationAsync(id!.Value, context.CancellationToken)).ValueOrStatus();
        var page = await session.ListMatchesAsync(delegation, request.State == ContractMatch.Types.State.Unspecified ? null : request.State.Stored(), asked, context.CancellationToken);
        return new ListContractMatchesResponse { Matches = { page.Items.Select(row => row.ToMessage()) }, NextPageToken = page.NextPageToken };
    }

    public override Task<ContractMatch> DecideContractMatch(DecideContractMatchRequest request, ServerCallContext context) =>
        commands.RunAsync<DecideContractMatchRequest, ContractMatch>(
            request, context, (session, cancellationToken) => DecideAsync(session, request, cancellationToken));

    private async Task<Outcome<ContractMatch>> DecideAsync(TenantSession session, DecideContractMatchRequest request, CancellationToken cancellationToken)
    {
        var violations = new List<FieldViolation>();
        var delegationId = IdField.Read("delegation_id", request.DelegationId, violations);
        var matchId = IdField.Read("match_id", request.MatchId, violations);
        var number = request.Number.Length == 0 ? null : TextField.ReadLine("number", request.Number, LongestNumber, violations);
        violations.RefuseIfAny();

        return await (await session.FindDelegationAsync(delegationId!.Value, cancellationToken)).ThenAsync(async delegation =>
            delegation.Closed<ContractMatch>() ?? await (await session.LockMatchAsync(delegation, matchId!.Value, cancellationToken)).ThenAsync<ContractMatch>(async row =>
            {
                if (Etag.Mismatch<ContractMatch>(request.Etag, row.Id, row.Revision) is { } stale)
                    return stale;
                if (number is not null && !(await session.ContractNumbersAsync(delegation, cancellationToken)).Contains(number))
                    return new Outcome<ContractMatch>.Invalid(NumberUnknown);

                var decided = row with
                {
                    Number = number,
                    State = number is null ? ContractMatchRow.Rejected : ContractMatchRow.Confirmed,
                    PersonId = session.Caller.PersonId,
                    DecideTime = clock.GetUtcNow().InMicroseconds(),
                    Revision = row.Revision + 1,
                };
                await session.SaveDecisionAsync(delegation, decided, cancellationToken);
                await session.AddMeaningsAsync(delegation, [decided], decided.DecideTime.Value, cancellationToken);
                await session.AppendAsync(delegation.Entry(ObjectType, decided.Id, decided.Revision, new ContractMatchDecided { Match = decided.ToMessage() }), clock, cancellationToken);
                await session.KeepContractWorkAsync(delegation, clock, cancellationToken);
                return new Outcome<ContractMatch>.Accepted(decided.ToMessage());
            }));
    }
}
