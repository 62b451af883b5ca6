using Delegation.Access.V1;
using Delegation.Contracts.V1;
using Delegation.Delivery.V1;
using Delegation.Journal.V1;
using Delegation.Persistence.Work;
using Delegation.ServiceDefaults.Errors;
using Delegation.TestKit;
using Delegation.TestKit.Access;
using Grpc.Core;
using static Delegation.ProjectDelivery.Tests.Preparing;
using State = Delegation.Contracts.V1.Delegation.Types.State;

namespace Delegation.ProjectDelivery.Tests.WorkList;

/// <summary>What waits for a person, as the journals of the services tell it.</summary>
public sealed class Work_lists(DeliveryHost host) : IClassFixture<DeliveryHost>, IDisposable
{
    public void Dispose() => host.Logs.AssertNoErrors();

    [PostgresFact]
    public async Task What_a_service_opens_is_on_the_list_of_those_who_can_do_it_until_it_is_closed()
    {
        var two = await host.Scene.DelegationAsync(Role.Signatory);
        var colleague = await host.Scene.MemberAsync(two.Parties.DelegateId, Side.Delegate, Role.Legal);
        var key = Open(two.Parties, Side.Delegate, dueDay: "2026-03-31");

        var item = Assert.Single(await UntilAsync(two.Delegate, items => items.Count == 1));
        Assert.Equal(
            ("letter.sign", "Sign the letter", two.Parties.DelegateId.ToString(), two.DelegationId, "letter", key.ObjectId.ToString(), "2026-03-31", true),
            (item.Kind, item.Title, item.OrganizationId, item.DelegationId, item.ObjectType, item.ObjectId, item.DueDay, item.Late));
        Assert.Equal([Role.Signatory], item.Roles);
        Assert.Empty(await ListAsync(two.Insurer));
        Assert.Empty(await ListAsync(colleague));
        Assert.Single(await ListAsync(colleague, includeOthers: true));

        Close(two.Parties, key);
        await UntilAsync(two.Delegate, items => items.Count == 0);
    }

    [PostgresFact]
    public async Task When_a_delegation_has_ended_nothing_of_it_waits_for_anybody()
    {
        var two = await host.Scene.DelegationAsync(Role.Signatory);
        Open(two.Parties, Side.Insurer, dueDay: "2026-03-31");
        Open(two.Parties, Side.Delegate, dueDay: "2026-03-31");
        await UntilAsync(two.Delegate, items => items.Count == 1);

        Tell(State.Frozen, revision: 2);
        Open(two.Parties, Side.Insurer, dueDay: "2026-04-30");
        await UntilAsync(two.Insurer, items => items.Count == 2);
        Tell(State.Closed, revision: 3);
        await UntilAsync(two.Insurer, items => items.Count == 0);
        Assert.Empty(await ListAsync(two.Delegate));

        void Tell(State state, long revision) => host.Contracts.Tell(
            two.Parties,
            new ExitDelegationChanged
            {
                Delegation = new() { Id = two.DelegationId, Title = "Santé", State = state, Insurer = new() { LegalName = "MGEN" }, Delegate = new() { LegalName = "Gestion Santé" } },
            },
            "delegation", two.Parties.DelegationId, revision);
    }

    [PostgresFact]
    public async Task A_change_replaces_what_was_told_before()
    {
        var two = await host.Scene.DelegationAsync(Role.Signatory);
        var key = Open(two.Parties, Side.Insurer, dueDay: "2026-03-31");
        Open(two.Parties, Side.Insurer, dueDay: "2099-03-31", key, revision: 2);

        var item = Assert.Single(await UntilAsync(two.Insurer, items => items.Count == 1 && items[0].DueDay == "2099-03-31"));
        Assert.False(item.Late);
    }

    [PostgresFact]
    public async Task One_list_has_all_organisations_and_delegations_of_a_person_sorted_by_due_date_page_by_page()
    {
        var first = await host.Scene.DelegationAsync(Role.Signatory);
        var second = await host.Scene.DelegationAsync(Role.Signatory);
        var person = await BothAsync(first, second);
        Open(first.Parties, Side.Insurer, dueDay: "2099-02-01");
        Open(second.Parties, Side.Delegate, dueDay: "2099-01-01");
        Open(second.Parties, Side.Delegate, dueDay: "");
        Open(first.Parties, Side.Insurer, dueDay: "2099-03-01");
        await UntilAsync(person, items => items.Count == 4);

        var days = new List<string>();
        var token = "";
        do
        {
            var page = await Client(person).ListWorkItemsAsync(new ListWorkItemsRequest { PageSize = 1, PageToken = token }, deadline: Deadline);
            days.AddRange(page.WorkItems.Select(item => item.DueDay));
            token = page.NextPageToken;
        }
        while (token.Length > 0);

        Assert.Equal(["2099-01-01", "2099-02-01", "2099-03-01", ""], days);
        Assert.Equal(2, (await ListAsync(person, delegation: second.DelegationId)).Count);
        Assert.Empty(await ListAsync(person, delegation: Guid.CreateVersion7().ToString()));
    }

    [PostgresFact]
    public async Task What_waits_for_one_person_waits_for_nobody_else()
    {
        var two = await host.Scene.DelegationAsync(Role.Signatory);
        var other = await host.Scene.MemberAsync(two.Parties.OwnerId, Side.Insurer, Role.Signatory);
        Open(two.Parties, Side.Insurer, dueDay: "", person: host.Scene.PersonOf(two.Insurer));

        await UntilAsync(two.Insurer, items => items.Count == 1);
        Assert.Empty(await ListAsync(other));
    }

    [PostgresFact]
    public async Task A_french_caller_reads_the_french_title()
    {
        var two = await host.Scene.DelegationAsync(Role.Signatory);
        Open(two.Parties, Side.Insurer, dueDay: "");
        await UntilAsync(two.Insurer, items => items.Count == 1);

        var page = await Client(two.Insurer).ListWorkItemsAsync(new ListWorkItemsRequest(), new Metadata { { "accept-language", "fr" } }, Deadline);

        Assert.Equal("Signer la lettre", Assert.Single(page.WorkItems).Title);
    }

    [PostgresFact]
    public async Task Work_in_a_delegation_that_is_not_known_here_yet_is_not_lost()
    {
        var parties = new Parties(Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        var member = await host.Scene.MemberAsync(parties.OwnerId, Side.Insurer, Role.Signatory);

        Open(parties, Side.Insurer, dueDay: "");

        await UntilAsync(member, items => items.Count == 1);
    }

    [PostgresFact]
    public async Task A_list_needs_one_statement_for_each_organisation_of_the_person_however_much_waits()
    {
        var first = await host.Scene.DelegationAsync(Role.Signatory);
        var second = await host.Scene.DelegationAsync(Role.Signatory);
        var person = await BothAsync(first, second);
        for (var i = 0; i < 5; i++)
            Open(first.Parties, Side.Insurer, dueDay: "");
        await UntilAsync(person, items => items.Count == 5);

        using var statements = new StatementRecorder();
        await ListAsync(person);

        Assert.Equal(2, statements.Of(host.Database.Name).Count(sql => sql.Contains("FROM work_item", StringComparison.Ordinal)));
    }

    private Delivery.V1.WorkList.WorkListClient Client(Actor actor) => new(host.Scene.As(actor));

    // Somebody who belongs to the insurer of one delegation and to the delegate of another.
    private async Task<Actor> BothAsync(TwoParties first, TwoParties second)
    {
        var person = await host.Scene.MemberAsync(first.Parties.OwnerId, Side.Insurer, Role.Signatory);
        await host.Scene.AlsoMemberAsync(person, second.Parties.DelegateId, Side.Delegate, Role.Signatory);
        return person;
    }

    private async Task<IReadOnlyList<Delivery.V1.WorkItem>> ListAsync(Actor actor, bool includeOthers = false, string delegation = "") =>
        (await Client(actor).ListWorkItemsAsync(new ListWorkItemsRequest { IncludeOthers = includeOthers, DelegationId = delegation }, deadline: Deadline)).WorkItems;

    private async Task<IReadOnlyList<Delivery.V1.WorkItem>> UntilAsync(Actor actor, Func<IReadOnlyList<Delivery.V1.WorkItem>, bool> holds)
    {
        IReadOnlyList<Delivery.V1.WorkItem> items = [];
        await Eventually.Async(async () => holds(items = await ListAsync(actor)));
        return items;
    }

    private WorkItemKey Open(Parties parties, Side side, string dueDay, WorkItemKey? key = null, long revision = 1, Guid? person = null)
    {
        key ??= new WorkItemKey("letter.sign", "letter", Guid.CreateVersion7(), side);
        var work = new OpenWork(key, parties.OwnerId, parties.DelegationId, parties.DelegateId, new LocalizedText("Sign the letter", "Signer la lettre"))
        {
            Roles = person is null ? [Role.Signatory] : [],
            PersonId = person,
            DueDay = dueDay.Length == 0 ? null : DateOnly.Parse(dueDay),
        };
        host.Contracts.Tell(parties, new WorkItemOpened { WorkItem = work.ToMessage() }, WorkItems.ObjectType, key.Id, revision);
        return key;
    }

    private void Close(Parties parties, WorkItemKey key) =>
        host.Contracts.Tell(parties, new WorkItemClosed { WorkItemId = key.Id.ToString() }, WorkItems.ObjectType, key.Id, revision: 2);
}
