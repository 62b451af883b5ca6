using Delegation.Contracts.V1;
using Delegation.TestKit;
using Grpc.Core;
using State = Delegation.Contracts.V1.Delegation.Types.State;

namespace Delegation.Contracts.Tests.Delegations;

public sealed class Drafts(ContractsHost host) : IClassFixture<ContractsHost>, IDisposable
{
    public void Dispose() => host.Logs.AssertNoErrors();

    [PostgresTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Either_side_drafts_a_delegation_and_reads_it_back_as_it_was_answered(bool byInsurer)
    {
        var parties = await TwoParties.RegisterAsync(host);
        var request = parties.Draft(byInsurer, TwoParties.Contracts(("G-1", "2027-01-01", "")));
        request.PlannedStartDay = "2027-01-01";

        var draft = await parties.Of(byInsurer).CreateDelegationAsync(request, deadline: TwoParties.Deadline);

        Assert.Equal(draft, await GetAsync(parties.Of(byInsurer), draft.Id));
        Assert.Equal(7, Guid.Parse(draft.Id).Version);
        Assert.Equal((State.Draft, request.Title, request.ReferenceData, "2027-01-01"), (draft.State, draft.Title, draft.ReferenceData, draft.PlannedStartDay));
        Assert.Equal(Party(parties.Insurer, byInsurer), draft.Insurer);
        Assert.Equal(Party(parties.Delegate, !byInsurer), draft.Delegate);
    }

    [PostgresTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Nobody_but_the_inviter_sees_a_draft_and_a_foreign_one_is_like_one_that_is_not(bool byInsurer)
    {
        var parties = await TwoParties.RegisterAsync(host);
        var draft = await parties.CreateAsync(byInsurer);
        var unknown = Guid.CreateVersion7().ToString();
        var change = TwoParties.Whole(draft);
        var other = parties.Of(!byInsurer);

        foreach (var call in new Func<string, Task<RpcException>>[]
        {
            id => TwoParties.RefusedAsync(other.GetDelegationAsync(new GetDelegationRequest { DelegationId = id }, deadline: TwoParties.Deadline)),
            id => TwoParties.RefusedAsync(other.UpdateDelegationAsync(new UpdateDelegationRequest(change) { DelegationId = id }, deadline: TwoParties.Deadline)),
            id => TwoParties.RefusedAsync(other.WithdrawDelegationAsync(
                new WithdrawDelegationRequest { DelegationId = id, Etag = draft.Etag }, deadline: TwoParties.Deadline)),
        })
        {
            var (foreign, none) = (await call(draft.Id), await call(unknown));
            Assert.Equal((StatusCode.NotFound, "DELEGATION_NOT_FOUND"), (foreign.StatusCode, foreign.Reason()));
            Assert.Equal(none.WithoutTraceId(), foreign.WithoutTraceId());
        }

        Assert.Empty((await other.ListDelegationsAsync(new ListDelegationsRequest(), deadline: TwoParties.Deadline)).Delegations);
        Assert.Equal(draft, await GetAsync(parties.Of(byInsurer), draft.Id));
    }

    [PostgresTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_draft_is_changed_whole_by_its_inviter(bool byInsurer)
    {
        var parties = await TwoParties.RegisterAsync(host);
        var draft = await parties.CreateAsync(byInsurer, TwoParties.Contracts(("G-1", "2027-01-01", "")));
        var change = TwoParties.Whole(draft);
        (change.Title, change.ReferenceData, change.PlannedStartDay) = ("Prévoyance", null, "2028-02-29");
        change.Counterpart = new Counterpart { LegalName = "Autre", Siren = "180 020 026" };

        var changed = await parties.Of(byInsurer).UpdateDelegationAsync(change, deadline: TwoParties.Deadline);

        Assert.Equal(changed, await GetAsync(parties.Of(byInsurer), draft.Id));
        Assert.Equal(("Prévoyance", new ReferenceData(), "2028-02-29"), (changed.Title, changed.ReferenceData, changed.PlannedStartDay));
        Assert.Equal(new DelegationParty { LegalName = "Autre", Siren = "180020026" }, byInsurer ? changed.Delegate : changed.Insurer);
        Assert.Equal(byInsurer ? draft.Insurer : draft.Delegate, byInsurer ? changed.Insurer : changed.Delegate);
        Assert.NotEqual(draft.Etag, changed.Etag);
    }

    [PostgresFact]
    public async Task A_withdrawn_draft_is_gone_and_its_numbers_are_free()
    {
        var parties = await TwoParties.RegisterAsync(host);
        var data = TwoParties.Contracts(("G-1", "2027-01-01", ""));
        var draft = await parties.CreateAsync(data: data);

        await parties.OfInsurer.WithdrawDelegationAsync(new WithdrawDelegationRequest { DelegationId = draft.Id, Etag = draft.Etag }, deadline: TwoParties.Deadline);

        var gone = await TwoParties.RefusedAsync(parties.OfInsurer.GetDelegationAsync(new GetDelegationRequest { DelegationId = draft.Id }, deadline: TwoParties.Deadline));
        Assert.Equal("DELEGATION_NOT_FOUND", gone.Reason());
        await parties.CreateAsync(data: data);
    }

    [PostgresFact]
    public async Task The_journal_of_a_draft_is_the_inviters_alone()
    {
        var parties = await TwoParties.RegisterAsync(host);
        var draft = await parties.CreateAsync(byInsurer: false);
        var changed = await parties.OfDelegate.UpdateDelegationAsync(TwoParties.Whole(draft), deadline: TwoParties.Deadline);
        await parties.OfDelegate.WithdrawDelegationAsync(new WithdrawDelegationRequest { DelegationId = draft.Id, Etag = changed.Etag }, deadline: TwoParties.Deadline);

        var entries = (await host.EntriesOfAsync(parties.Delegate.Id)).Where(entry => entry.ObjectType == "delegation").ToArray();

        Assert.Equal([1L, 2, 3], entries.Select(entry => entry.Revision));
        Assert.All(entries, entry => Assert.Equal(Guid.Parse(draft.Id), entry.ObjectId));
        Assert.Equal(new DelegationDrafted { Delegation = draft }, entries[0].Event);
        Assert.Equal(new DelegationDrafted { Delegation = changed }, entries[1].Event);
        Assert.Equal(new DelegationWithdrawn { Delegation = changed }, entries[2].Event);
        Assert.DoesNotContain(await host.EntriesOfAsync(parties.Insurer.Id), entry => entry.ObjectType == "delegation");
    }

    private static DelegationParty Party(Organization organization, bool isInviter) => new()
    {
        OrganizationId = isInviter ? organization.Id : "",
        LegalName = organization.LegalName,
        Siren = organization.Siren,
    };

    private static async Task<V1.Delegation> GetAsync(V1.Delegations.DelegationsClient client, string id) =>
        await client.GetDelegationAsync(new GetDelegationRequest { DelegationId = id }, deadline: TwoParties.Deadline);
}
