using Delegation.Access.V1;
using Delegation.Delivery.V1;
using Delegation.ServiceDefaults.Time;
using Delegation.TestKit;
using Delegation.TestKit.Access;
using static Delegation.ProjectDelivery.Tests.Preparing;
using State = Delegation.Delivery.V1.Action.Types.State;

namespace Delegation.ProjectDelivery.Tests.Launch;

/// <summary>An open action stands on the work list of its owner, and is late there once its due day is over.</summary>
public sealed class Actions_on_work_lists(DeliveryHost host) : IClassFixture<DeliveryHost>, IDisposable
{
    public void Dispose() => host.Logs.AssertNoErrors();

    [PostgresFact]
    public async Task One_that_was_added_waits_for_its_owner_with_its_due_day_until_it_is_done()
    {
        var (two, action) = await host.Scene.ActionAsync(dueDay: "2099-12-31");

        var item = Assert.Single(await UntilAsync(two.Delegate, items => items.Count == 1));
        Assert.Equal(
            ("action.complete", action.Id, "2099-12-31", false, "Reprise santé collective: Fournir la grille de garanties"),
            (item.Kind, item.ObjectId, item.DueDay, item.Late, item.Title));
        Assert.Equal([Role.ProjectLead], item.Roles);
        Assert.Empty(await ListAsync(two.Insurer));

        var done = Whole(action);
        done.State = State.Done;
        action = await Actions(two.Delegate).UpdateActionAsync(done, deadline: Deadline);
        await UntilAsync(two.Delegate, items => items.Count == 0);

        var reopened = Whole(action);
        reopened.State = State.Open;
        await Actions(two.Insurer).UpdateActionAsync(reopened, deadline: Deadline);
        await UntilAsync(two.Delegate, items => items.Count == 1);
    }

    [PostgresFact]
    public async Task One_whose_day_was_over_when_it_was_added_is_late_until_it_is_given_more_time()
    {
        var (two, action) = await host.Scene.ActionAsync(dueDay: "2026-01-15");
        Assert.True(action.Late);
        await UntilAsync(two.Delegate, items => items is [{ Late: true, DueDay: "2026-01-15" }]);

        var longer = Whole(action);
        longer.DueDay = "2099-12-31";
        Assert.False((await Actions(two.Delegate).UpdateActionAsync(longer, deadline: Deadline)).Late);
        await UntilAsync(two.Delegate, items => items is [{ Late: false, DueDay: "2099-12-31" }]);
    }

    [PostgresFact]
    public async Task It_goes_to_whoever_takes_it_over()
    {
        var (two, action) = await host.Scene.ActionAsync();
        await UntilAsync(two.Delegate, items => items.Count == 1);

        var handed = Whole(action);
        handed.Owner = new ActionOwner { Side = Side.Insurer, PersonId = host.Scene.PersonOf(two.Insurer).ToString() };
        await Actions(two.Insurer).UpdateActionAsync(handed, deadline: Deadline);

        Assert.Empty(Assert.Single(await UntilAsync(two.Insurer, items => items.Count == 1)).Roles);
        await UntilAsync(two.Delegate, items => items.Count == 0);
    }

    [PostgresFact]
    public async Task One_on_a_list_becomes_late_when_the_platforms_clock_passes_its_due_day()
    {
        var own = new DeliveryHost();
        await ((IAsyncLifetime)own).InitializeAsync();
        try
        {
            var tomorrow = ParisDays.DayAt(DateTimeOffset.UtcNow).AddDays(1).ToString("yyyy-MM-dd");
            var (two, action) = await own.Scene.ActionAsync(tomorrow);
            Assert.False(action.Late);

            await own.StopAsync();
            own.Settings["Clock:Offset"] = "3.00:00:00";
            own.Start();

            await Eventually.Async(async () => (await ListAsync(own, two.Delegate)).SingleOrDefault() is { Late: true } item && item.ObjectId == action.Id);
            own.Logs.AssertNoErrors();
        }
        finally
        {
            await ((IAsyncLifetime)own).DisposeAsync();
        }
    }

    private Delivery.V1.Actions.ActionsClient Actions(Actor actor) => new(host.Scene.As(actor));

    private Task<IReadOnlyList<WorkItem>> ListAsync(Actor actor) => ListAsync(host, actor);

    private static async Task<IReadOnlyList<WorkItem>> ListAsync(DeliveryHost host, Actor actor) =>
        (await new Delivery.V1.WorkList.WorkListClient(host.Scene.As(actor)).ListWorkItemsAsync(new ListWorkItemsRequest(), deadline: Deadline)).WorkItems;

    private async Task<IReadOnlyList<WorkItem>> UntilAsync(Actor actor, Func<IReadOnlyList<WorkItem>, bool> holds)
    {
        IReadOnlyList<WorkItem> items = [];
        await Eventually.Async(async () => holds(items = await ListAsync(actor)));
        return items;
    }
}
