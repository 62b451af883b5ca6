using Dapper;
using Delegation.Access.V1;
using Delegation.Contracts.V1;
using Delegation.TestKit;
using Grpc.Core;
using Npgsql;
using DifferenceKind = Delegation.Contracts.V1.ScopeDifference.Types.Kind;
using Kind = Delegation.Contracts.V1.Contract.Types.Kind;
using State = Delegation.Contracts.V1.Contract.Types.State;

namespace Delegation.Contracts.Tests.Scope;

/// <summary>What was validated at conclusion and again at scoping, and the amendment that the difference becomes.</summary>
public sealed class From_conclusion_to_scoping(ContractsHost host) : IClassFixture<ContractsHost>, IDisposable
{
    public void Dispose() => host.Logs.AssertNoErrors();

    [PostgresFact]
    public async Task The_difference_becomes_an_amendment_that_lists_it_and_is_negotiated_like_any()
    {
        var agreement = await ScopedTwiceAsync();
        var contract = await AgreedContractAsync(agreement);

        var proposed = await Changes(agreement).ProposeScopeAmendmentAsync(Proposal(agreement, contract), deadline: Agreement.Deadline);

        Assert.Equal((Kind.Amendment, State.Draft, contract.Id, "2026-03-01"), (
            proposed.Amendment.Kind, proposed.Amendment.State, proposed.Amendment.AmendsContractId, proposed.Amendment.Terms.EffectiveDay));
        Assert.Equal([("RAT", DifferenceKind.Changed)], proposed.Comparison.Differences.Select(difference => (difference.ActivityCode, difference.Kind)));
        var clause = Assert.Single((await Texts(agreement).ListContractClausesAsync(
            new ListContractClausesRequest { DelegationId = agreement.Delegation.Id, ContractId = proposed.Amendment.Id }, deadline: Agreement.Deadline)).Clauses);
        Assert.Equal("PERIMETRE-AVENANT", clause.Code);
        Assert.Contains("RAT – Rattachement au régime obligatoire", clause.Wording, StringComparison.Ordinal);
        Assert.Contains("assureur : RA devient A ; délégataire : I devient R", clause.Wording, StringComparison.Ordinal);

        var opened = await Texts(agreement).OpenNegotiationAsync(
            new OpenNegotiationRequest { DelegationId = agreement.Delegation.Id, ContractId = proposed.Amendment.Id, Etag = proposed.Amendment.Etag }, deadline: Agreement.Deadline);
        Assert.Equal(State.Negotiating, opened.State);
        Assert.Contains(await host.EntriesOfAsync(agreement.Parties.Insurer.Id), entry => entry.Event is ScopeAmendmentProposed happened && happened.AmendmentId == proposed.Amendment.Id);
    }

    [PostgresFact]
    public async Task Both_sides_are_asked_for_the_amendment_until_it_is_there()
    {
        var agreement = await Agreement.OpenAsync(host);
        await agreement.ValidateAsync(await agreement.ProposeAsync(Lines.Of("RAT", "RA/I")));
        var contract = await AgreedContractAsync(agreement);
        await ScopeAsync(agreement, Lines.Of("RAT", "A/R"));

        Assert.Equal([Side.Insurer, Side.Delegate], await AskedAsync(agreement));

        await Changes(agreement, insurer: false).ProposeScopeAmendmentAsync(Proposal(agreement, contract), deadline: Agreement.Deadline);
        Assert.Empty(await AskedAsync(agreement));
    }

    [PostgresFact]
    public async Task The_same_scope_validated_again_asks_for_nothing_and_has_nothing_to_amend()
    {
        var agreement = await Agreement.OpenAsync(host);
        await agreement.ValidateAsync(await agreement.ProposeAsync(Lines.Of("RAT", "A/R")));
        var contract = await AgreedContractAsync(agreement);
        await ScopeAsync(agreement, Lines.Of("RAT", "A/R").For("OPTION BASE", "RETRAITES CADRES"));

        Assert.Empty(await AskedAsync(agreement));
        Assert.Equal("SCOPE_UNCHANGED", await RefusedAsync(agreement, contract));
    }

    [PostgresFact]
    public async Task One_amendment_at_a_time_and_another_once_it_was_given_up()
    {
        var agreement = await ScopedTwiceAsync();
        var contract = await AgreedContractAsync(agreement);
        var first = (await Changes(agreement).ProposeScopeAmendmentAsync(Proposal(agreement, contract), deadline: Agreement.Deadline)).Amendment;

        Assert.Equal("SCOPE_AMENDMENT_EXISTS", await RefusedAsync(agreement, contract, insurer: false));

        await Texts(agreement).WithdrawContractAsync(
            new WithdrawContractRequest { DelegationId = agreement.Delegation.Id, ContractId = first.Id, Etag = first.Etag }, deadline: Agreement.Deadline);
        var second = await Changes(agreement, insurer: false).ProposeScopeAmendmentAsync(Proposal(agreement, contract), deadline: Agreement.Deadline);
        Assert.Equal(Side.Delegate, second.Amendment.DraftedBy);
    }

    [PostgresFact]
    public async Task Two_sides_that_propose_at_once_get_one_amendment()
    {
        var agreement = await ScopedTwiceAsync();
        var contract = await AgreedContractAsync(agreement);

        var answers = await Task.WhenAll(new[] { true, false }.Select(async insurer =>
        {
            try
            {
                await Changes(agreement, insurer).ProposeScopeAmendmentAsync(Proposal(agreement, contract), deadline: Agreement.Deadline);
                return "made";
            }
            catch (RpcException refusal)
            {
                return refusal.Reason();
            }
        }));

        Assert.Equal(["SCOPE_AMENDMENT_EXISTS", "made"], answers.Order(StringComparer.Ordinal));
    }

    [PostgresFact]
    public async Task Without_both_validations_or_an_agreed_contract_nothing_is_written()
    {
        var agreement = await Agreement.OpenAsync(host);
        await agreement.ValidateAsync(await agreement.ProposeAsync(Lines.Of("RAT", "RA/I")));
        var draft = await Texts(agreement).CreateContractAsync(Negotiation.Texts.Draft(agreement.Delegation.Id), deadline: Agreement.Deadline);
        var before = await agreement.CountAsync("journal");

        var refusal = await Refusals.ThrownBy(Changes(agreement).ProposeScopeAmendmentAsync(Proposal(agreement, draft), deadline: Agreement.Deadline));
        Assert.Equal("SCOPE_NOT_VALIDATED_TWICE", refusal.Reason());
        Assert.Equal("SCOPING_MISSING", Assert.Single(refusal.Conditions()).Type);
        Assert.Equal(before, await agreement.CountAsync("journal"));

        await ScopeAsync(agreement, Lines.Of("RAT", "A/R"));
        before = await agreement.CountAsync("journal");
        Assert.Equal("AMENDED_CONTRACT_NOT_AGREED", await RefusedAsync(agreement, draft));
        Assert.Equal(0, await agreement.CountAsync($"scope_amendment WHERE delegation_id = '{agreement.Delegation.Id}'"));
        Assert.Equal(before, await agreement.CountAsync("journal"));
    }

    [PostgresFact]
    public async Task Any_two_versions_can_be_compared_and_lines_to_be_decided_are_named()
    {
        var agreement = await Agreement.OpenAsync(host);
        var first = await agreement.ValidateAsync(await agreement.ProposeAsync(Lines.Of("RAT", "RA/I")));
        var second = await agreement.ProposeAsync(Lines.Of("PRE", "A/R"), Lines.Of("RAT", "A/", toBeDecided: true));

        var comparison = await Changes(agreement, insurer: false).CompareScopeVersionsAsync(
            new CompareScopeVersionsRequest { DelegationId = agreement.Delegation.Id, FormerVersionId = first.Id, LatterVersionId = second.Id }, deadline: Agreement.Deadline);

        Assert.Equal([("PRE", DifferenceKind.Added), ("RAT", DifferenceKind.Changed)], comparison.Differences.Select(difference => (difference.ActivityCode, difference.Kind)));
        Assert.Equal([1], comparison.UndecidedLines);
    }

    private V1.ScopeChanges.ScopeChangesClient Changes(Agreement agreement, bool insurer = true) =>
        new(host.As(insurer ? agreement.Parties.InsurerSubject : agreement.Parties.DelegateSubject));

    private Negotiations.NegotiationsClient Texts(Agreement agreement) => new(host.As(agreement.Parties.InsurerSubject));

    private static ProposeScopeAmendmentRequest Proposal(Agreement agreement, Contract contract) => new() { DelegationId = agreement.Delegation.Id, ContractId = contract.Id };

    private async Task<string> RefusedAsync(Agreement agreement, Contract contract, bool insurer = true) =>
        (await Refusals.ThrownBy(Changes(agreement, insurer).ProposeScopeAmendmentAsync(Proposal(agreement, contract), deadline: Agreement.Deadline))).Reason();

    private async Task<Side[]> AskedAsync(Agreement agreement) =>
        [.. (await host.OpenWorkAsync(agreement.Parties.Insurer.Id)).Where(item => item.Kind == "scope.amend").Select(item => item.Side)];

    private async Task<Agreement> ScopedTwiceAsync()
    {
        var agreement = await Agreement.OpenAsync(host);
        await agreement.ValidateAsync(await agreement.ProposeAsync(Lines.Of("PRE", "A/R"), Lines.Of("RAT", "RA/I")));
        await ScopeAsync(agreement, Lines.Of("PRE", "A/R"), Lines.Of("RAT", "A/R"));
        return agreement;
    }

    private static async Task ScopeAsync(Agreement agreement, params ScopeLine[] lines)
    {
        var proposal = agreement.Proposal(lines);
        (proposal.Occasion, proposal.EffectiveDay) = (ScopeOccasion.Scoping, "2026-03-01");
        await agreement.ValidateAsync(await agreement.Scopes().CreateScopeVersionAsync(proposal, deadline: Agreement.Deadline));
    }

    // All departments of both sides approved it; what they do on the way is told in Negotiation.
    private async Task<Contract> AgreedContractAsync(Agreement agreement)
    {
        var contract = await Texts(agreement).CreateContractAsync(Negotiation.Texts.Draft(agreement.Delegation.Id), deadline: Agreement.Deadline);
        await using var connection = new NpgsqlConnection(host.Database.AdminConnectionString);
        await connection.ExecuteAsync(
            "UPDATE contract SET state = 'agreed', open_time = create_time, agree_time = create_time WHERE contract_id = @id", new { id = Guid.Parse(contract.Id) });
        return contract;
    }
}
