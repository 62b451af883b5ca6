using Delegation.Contracts.Delegations;
using Delegation.Contracts.Negotiation;
using Delegation.Contracts.V1;
using Delegation.Persistence.Journal;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;
using Delegation.ServiceDefaults.Time;

namespace Delegation.Contracts.Scope;

/// <summary>The command that makes an amendment of the contract from the difference between conclusion and scoping.</summary>
internal static class ScopeAmendments
{
    private const int LongestTitle = 200;

    public static async Task<Outcome<ScopeAmendment>> ProposeAsync(
        TenantSession session, ProposeScopeAmendmentRequest request, TimeProvider clock, CancellationToken cancellationToken)
    {
        var violations = new List<FieldViolation>();
        var delegationId = IdField.Read("delegation_id", request.DelegationId, violations);
        IdField.Read("contract_id", request.ContractId, violations);
        var title = request.Title.Length == 0 ? "" : TextField.ReadLine("title", request.Title, LongestTitle, violations);
        if (violations.Count > 0)
            return new Outcome<ScopeAmendment>.Invalid(violations);

        return await (await session.LockSharedDelegationAsync(delegationId!.Value, cancellationToken)).ThenAsync(async delegation =>
            delegation.Closed<ScopeAmendment>() ?? await (await ComparedVersions.FindAsync(session, delegation, cancellationToken)).ThenAsync(async versions =>
            {
                var trade = await session.ReadTradeListAsync(cancellationToken);
                var comparison = versions.Compare(trade);
                if (comparison.Differences.Count == 0)
                    return Unchanged;

                if (await session.FindScopeAmendmentAsync(versions, cancellationToken) is not null)
                    return AlreadyProposed;

                var draft = Draft(request, title is { Length: > 0 } ? title : AmendmentText.Title(versions.Latter), versions, comparison, trade);
                return await (await ContractCommands.DraftAsync(session, draft, clock, cancellationToken)).ThenAsync(amendment =>
                    KeepAsync(session, delegation, versions, comparison, amendment, clock, cancellationToken));
            }));
    }

    private static CreateContractRequest Draft(
        ProposeScopeAmendmentRequest request, string title, ComparedVersions versions, ScopeComparison comparison, TradeList trade) => new()
        {
            DelegationId = request.DelegationId,
            AmendsContractId = request.ContractId,
            Terms = new ContractTerms { Title = title, EffectiveDay = DayField.Write(versions.Latter.EffectiveDay) },
            Clauses = { AmendmentText.Clause(versions.Former, versions.Latter, comparison.Differences, trade) },
        };

    private static async Task<Outcome<ScopeAmendment>> KeepAsync(
        TenantSession session,
        SharedDelegation delegation,
        ComparedVersions versions,
        ScopeComparison comparison,
        Contract amendment,
        TimeProvider clock,
        CancellationToken cancellationToken)
    {
        var id = Guid.Parse(amendment.Id);
        await session.InsertScopeAmendmentAsync(versions, id, clock.GetUtcNow().InMicroseconds(), cancellationToken);
        await session.AppendAsync(
            new JournalEvent(delegation.InsurerId, delegation.Id, delegation.DelegateId, Visibility.Both, "scope_amendment", id, 1, new ScopeAmendmentProposed
            {
                ContractId = amendment.AmendsContractId, AmendmentId = amendment.Id, Comparison = comparison,
            }),
            clock,
            cancellationToken);
        await session.CloseAmendWorkAsync(versions.Latter, clock, cancellationToken);
        return new Outcome<ScopeAmendment>.Accepted(new ScopeAmendment { Amendment = amendment, Comparison = comparison });
    }

    private static readonly Outcome<ScopeAmendment> Unchanged = new Outcome<ScopeAmendment>.Refused(
        "SCOPE_UNCHANGED",
        new("Conclusion and scoping agree on the same scope; there is nothing to amend.", "La conclusion et le cadrage portent sur le même périmètre ; il n'y a rien à modifier."));

    private static readonly Outcome<ScopeAmendment> AlreadyProposed = new Outcome<ScopeAmendment>.Conflict(
        "SCOPE_AMENDMENT_EXISTS",
        new("An amendment of this difference is there already: go on with it, or give it up first.",
            "Un avenant portant sur cet écart existe déjà : poursuivez-le, ou abandonnez-le d'abord."));
}
