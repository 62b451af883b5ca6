using Delegation.Access.V1;
using Delegation.Delivery.V1;
using Delegation.TestKit;
using Delegation.TestKit.Access;
using static Delegation.ProjectDelivery.Tests.Preparing;
using State = Delegation.Delivery.V1.Action.Types.State;

namespace Delegation.ProjectDelivery.Tests.Launch;

/// <summary>An action whose due day is over while it is open stands on the work list of its owner.</summary>
public sealed class Late_actions(DeliveryHost host) : IClassFixture<DeliveryHost>, IDisposable
{
    public void Dispose() => host.Logs.AssertNoErrors();

    [PostgresFact]
    public async Task One_that_is_late_already_waits_for_its_owner_until_it_is_done()
    {
        var (two, action) = await host.Scene.ActionAsync(dueDay: "2026-01-15");
        Assert.True(action.Late);

        var item = Assert.Single(await UntilAsync(two.Delegate, items => items.Count == 1));
        Assert.Equal(("action.complete", action.Id, "2026-01-15", true), (item.Kind, item.ObjectId, item.DueDay, item.Late));
        Assert.Contains(action.Title, item.Title, StringComparison.Ordinal);
        Assert.Empty(await ListAsync(two.Insurer));

        var done = Whole(action);
        done.State = State.Done;
        Assert.False((await Actions(two.Delegate).UpdateActionAsync(done, deadline: Deadline)).Late);
        await UntilAsync(two.Delegate, items => items.Count == 0);
    }

    [PostgresFact]
    public async Task Its_work_item_goes_to_whoever_takes_it_over_and_goes_when_it_is_given_more_time()
    {
        var (two, action) = await host.Scene.ActionAsync(dueDay: "2026-01-15");
        await UntilAsync(two.Delegate, items => items.Count == 1);

        var handed = Whole(action);
        handed.Owner = new ActionOwner { Side = Side.Insurer, PersonId = host.Scene.PersonOf(two.Insurer).ToString() };
        action = await Actions(two.Insurer).UpdateActionAsync(handed, deadline: Deadline);
        await UntilAsync(two.Insurer, items => items.Count == 1);
        await UntilAsync(two.Delegate, items => items.Count == 0);

        var longer = Whole(action);
        longer.DueDay = "2099-12-31";
        await Actions(two.Delegate).UpdateActionAsync(longer, deadline: Deadline);
        await UntilAsync(two.Insurer, items => items.Count == 0);
    }

    [PostgresFact]
    public async Task An_open_one_becomes_late_when_the_platforms_clock_passes_its_due_day()
    {
        var own = new DeliveryHost();
        await ((IAsyncLifetime)own).InitializeAsync();
        try
        {
            var tomorrow = DateOnly.FromDateTime(DateTime.UtcNow.AddDays(1)).ToString("yyyy-MM-dd");
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
