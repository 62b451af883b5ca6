using Delegation.Contracts.V1;
using Delegation.TestKit;

namespace Delegation.Contracts.Tests.Delegations;

/// <summary>Both parties of a delegation know each other by the legal names that they have now.</summary>
public sealed class Names_of_parties(ContractsHost host) : IClassFixture<ContractsHost>, IDisposable
{
    public void Dispose() => host.Logs.AssertNoErrors();

    [PostgresFact]
    public async Task A_new_legal_name_shows_in_all_delegations_of_the_organisation_and_the_journal_tells_both_sides_of_each()
    {
        var parties = await TwoParties.RegisterAsync(host);
        var first = await parties.OpenAsync();
        var second = await parties.OpenAsync();
        var other = await (await parties.WithAnotherDelegateAsync()).OpenAsync();

        await RenameAsync(parties.DelegateSubject, parties.Delegate, "Gestion Santé Plus");

        foreach (var before in new[] { first, second })
        {
            var after = await parties.OfInsurer.GetDelegationAsync(new GetDelegationRequest { DelegationId = before.Id }, deadline: TwoParties.Deadline);
            Assert.Equal(("MGEN", "Gestion Santé Plus"), (after.Insurer.LegalName, after.Delegate.LegalName));
            Assert.NotEqual(before.Etag, after.Etag);
            Assert.Equal([new DelegationUpdated { Delegation = after }], await ToldAsync(parties, before));
        }

        Assert.Equal(other, await parties.OfInsurer.GetDelegationAsync(new GetDelegationRequest { DelegationId = other.Id }, deadline: TwoParties.Deadline));
        Assert.Empty(await ToldAsync(parties, other));
    }

    [PostgresFact]
    public async Task A_new_name_of_the_insurer_is_that_of_its_own_side_alone()
    {
        var parties = await TwoParties.RegisterAsync(host);
        var open = await parties.OpenAsync();

        await RenameAsync(parties.InsurerSubject, parties.Insurer, "Mutuelle unie");

        var after = await parties.OfDelegate.GetDelegationAsync(new GetDelegationRequest { DelegationId = open.Id }, deadline: TwoParties.Deadline);
        Assert.Equal(("Mutuelle unie", "Gestion Santé"), (after.Insurer.LegalName, after.Delegate.LegalName));
    }

    [PostgresFact]
    public async Task Another_change_of_a_profile_or_a_refused_one_leaves_delegations_as_they_are()
    {
        var parties = await TwoParties.RegisterAsync(host);
        var open = await parties.OpenAsync();

        await host.Organizations(parties.InsurerSubject).UpdateOrganizationAsync(
            new UpdateOrganizationRequest { OrganizationId = parties.Insurer.Id, LegalName = parties.Insurer.LegalName, AcprNumber = "", Etag = parties.Insurer.Etag },
            deadline: TwoParties.Deadline);
        await TwoParties.RefusedAsync(host.Organizations(parties.DelegateSubject).UpdateOrganizationAsync(
            new UpdateOrganizationRequest { OrganizationId = parties.Delegate.Id, LegalName = "Autre", Etag = "\"stale\"" }, deadline: TwoParties.Deadline));

        Assert.Equal(open, await parties.OfInsurer.GetDelegationAsync(new GetDelegationRequest { DelegationId = open.Id }, deadline: TwoParties.Deadline));
        Assert.Empty(await ToldAsync(parties, open));
    }

    private async Task RenameAsync(string subject, Organization organization, string name) => await host.Organizations(subject).UpdateOrganizationAsync(
        new UpdateOrganizationRequest { OrganizationId = organization.Id, LegalName = name, Etag = organization.Etag }, deadline: TwoParties.Deadline);

    private async Task<IEnumerable<DelegationUpdated>> ToldAsync(TwoParties parties, V1.Delegation delegation) =>
        from entry in await host.EntriesOfAsync(parties.Insurer.Id)
        where entry.ObjectId == Guid.Parse(delegation.Id)
        select entry.Event as DelegationUpdated into told
        where told is not null
        select told;
}
