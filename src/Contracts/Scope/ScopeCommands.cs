using Delegation.Contracts.Delegations;
using Delegation.Contracts.TitleToOperate;
using Delegation.Contracts.V1;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;
using Google.Protobuf;
using State = Delegation.Contracts.V1.ScopeVersion.Types.State;

namespace Delegation.Contracts.Scope;

/// <summary>The commands on scopes: each locks the delegation, loads, decides, and saves the version with its entry and its work items.</summary>
internal static class ScopeCommands
{
    public static async Task<Outcome<ScopeVersion>> ProposeAsync(
        TenantSession session, CreateScopeVersionRequest request, TimeProvider clock, CancellationToken cancellationToken)
    {
        var violations = new List<FieldViolation>();
        if (IdField.Read("delegation_id", request.DelegationId, violations) is not { } delegationId)
            return new Outcome<ScopeVersion>.Invalid(violations);

        return await (await session.LockSharedDelegationAsync(delegationId, cancellationToken)).ThenAsync(async delegation =>
        {
            var trade = await session.ReadTradeListAsync(cancellationToken);
            var series = await session.FindSeriesAsync(delegation, cancellationToken);
            var now = clock.GetUtcNow();
            var decided = ScopeProposals.Propose(request, delegation, trade, series.Next, session.Caller.Side, NewId.At(now), now);
            if (series.IsOpen && decided is Outcome<ScopeVersionRow>.Accepted)
                decided = ScopeRefusals.ProposalOpen;

            return await decided.ThenAsync(async version =>
            {
                await session.InsertScopeVersionAsync(version, cancellationToken);
                return await AnsweredAsync(session, version, delegation, message => new ScopeVersionProposed { ScopeVersion = message }, clock, cancellationToken);
            });
        });
    }

    public static Task<Outcome<ScopeVersion>> ChangeAsync(
        TenantSession session, UpdateScopeVersionRequest request, TimeProvider clock, CancellationToken cancellationToken) =>
        LockedAsync(session, request.DelegationId, request.ScopeVersionId, async (delegation, version) =>
        {
            var trade = await session.ReadTradeListAsync(cancellationToken);
            return await ScopeProposals.Change(request, version, delegation, trade).ThenAsync(changed =>
                SaveAsync(session, changed, delegation, message => new ScopeVersionChanged { ScopeVersion = message }, clock, cancellationToken));
        }, cancellationToken);

    public static Task<Outcome<ScopeVersion>> WithdrawAsync(
        TenantSession session, WithdrawScopeVersionRequest request, TimeProvider clock, CancellationToken cancellationToken) =>
        LockedAsync(session, request.DelegationId, request.ScopeVersionId, (delegation, version) =>
            ScopeProposals.Withdraw(version, request.Etag).ThenAsync(withdrawn =>
                SaveAsync(session, withdrawn, delegation, message => new ScopeVersionWithdrawn { ScopeVersion = message }, clock, cancellationToken)), cancellationToken);

    public static Task<Outcome<ScopeVersion>> ValidateAsync(
        TenantSession session, ValidateScopeVersionRequest request, TimeProvider clock, CancellationToken cancellationToken) =>
        LockedAsync(session, request.DelegationId, request.ScopeVersionId, async (delegation, version) =>
        {
            if (delegation.Closed<ScopeVersion>() is { } closed)
                return closed;

            var broken = new List<FieldViolation>();
            LineRules.Read(version.ReadLines(), await session.ReadTradeListAsync(cancellationToken), ScopeProposals.CoverageOf(delegation), broken);
            var former = await session.FindValidatedScopeAsync(delegation, cancellationToken);
            var elsewhere = await session.HeldElsewhereAsync(version, cancellationToken);
            await session.LockTitlesAsync(delegation.Id, cancellationToken);
            var now = clock.GetUtcNow();

            return await JointValidation.Consent(version, session.Caller, request.Etag, broken, former, elsewhere, now).ThenAsync(async consented =>
            {
                if (!consented.IsIn(State.Validated))
                    return await SaveAsync(
                        session, consented, delegation, message => new ScopeVersionConsented { ScopeVersion = message, Side = session.Caller.Side }, clock, cancellationToken);

                if (former is not null)
                    await SupersedeAsync(session, JointValidation.Supersede(former, consented, now), consented.Id, delegation, clock, cancellationToken);

                await session.HoldAsync(consented, cancellationToken);
                await AskForAmendmentAsync(session, consented, delegation, clock, cancellationToken);
                return await SaveAsync(session, consented, delegation, message => new ScopeVersionValidated { ScopeVersion = message }, clock, cancellationToken);
            });
        }, cancellationToken);

    // A contract that is still negotiated takes the difference up in its own text; one that is agreed needs an amendment.
    private static async Task AskForAmendmentAsync(
        TenantSession session, ScopeVersionRow validated, SharedDelegation delegation, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (validated.Occasion != ScopeOccasion.Scoping.Stored() || !await session.HasContractToAmendAsync(validated, cancellationToken))
            return;

        var before = await session.FindLatestValidatedAsync(delegation, cancellationToken);
        foreach (var scoping in before.Where(version => version.Occasion == ScopeOccasion.Scoping.Stored()))
            await session.CloseAmendWorkAsync(scoping, clock, cancellationToken);

        if (before.FirstOrDefault(version => version.Occasion == ScopeOccasion.Conclusion.Stored()) is { } conclusion
            && new ComparedVersions(conclusion, validated).Compare(await session.ReadTradeListAsync(cancellationToken)).Differences.Count > 0)
            await session.OpenAmendWorkAsync(validated, delegation, clock, cancellationToken);
    }

    private static async Task SupersedeAsync(
        TenantSession session, ScopeVersionRow superseded, Guid successorId, SharedDelegation delegation, TimeProvider clock, CancellationToken cancellationToken)
    {
        await session.SaveScopeVersionAsync(superseded, cancellationToken);
        await session.ReleaseAsync(superseded, cancellationToken);
        var happened = new ScopeVersionSuperseded { ScopeVersion = superseded.ToMessage(), SuccessorId = successorId.ToString() };
        await session.AppendScopeAsync(superseded, happened, clock, cancellationToken);
        await session.UpdateScopeWorkAsync(superseded, delegation, clock, cancellationToken);
    }

    private static Task<Outcome<ScopeVersion>> LockedAsync(
        TenantSession session,
        string delegationId,
        string scopeVersionId,
        Func<SharedDelegation, ScopeVersionRow, Task<Outcome<ScopeVersion>>> command,
        CancellationToken cancellationToken) =>
        session.LockSharedDelegationAsync(delegationId, "scope_version_id", scopeVersionId, async (delegation, id) =>
        {
            var version = await session.FindScopeVersionAsync(delegation, id, cancellationToken);
            var found = version is null ? ScopeRefusals.NotFound : new Outcome<ScopeVersionRow>.Accepted(version);
            return await found.ThenAsync(row => command(delegation, row));
        }, cancellationToken);

    private static async Task<Outcome<ScopeVersion>> SaveAsync(
        TenantSession session,
        ScopeVersionRow version,
        SharedDelegation delegation,
        Func<ScopeVersion, IMessage> happened,
        TimeProvider clock,
        CancellationToken cancellationToken)
    {
        await session.SaveScopeVersionAsync(version, cancellationToken);
        return await AnsweredAsync(session, version, delegation, happened, clock, cancellationToken);
    }

    private static async Task<Outcome<ScopeVersion>> AnsweredAsync(
        TenantSession session,
        ScopeVersionRow version,
        SharedDelegation delegation,
        Func<ScopeVersion, IMessage> happened,
        TimeProvider clock,
        CancellationToken cancellationToken)
    {
        var message = version.ToMessage();
        await session.AppendScopeAsync(version, happened(message), clock, cancellationToken);
        await session.UpdateScopeWorkAsync(version, delegation, clock, cancellationToken);

        return new Outcome<ScopeVersion>.Accepted(message);
    }
}
