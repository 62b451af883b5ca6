using Delegation.Delivery.V1;
using Delegation.TestKit;
using Delegation.TestKit.Errors;
using static Delegation.ProjectDelivery.Tests.Preparing;
using static Delegation.ProjectDelivery.Tests.Scoping.PreparingScoping;
using Action = Delegation.Delivery.V1.Action;
using Money = Delegation.Contracts.V1.Money;
using State = Delegation.Delivery.V1.ItemOrigin.Types.State;

namespace Delegation.ProjectDelivery.Tests.Scoping;

public sealed class Editing_what_was_generated(DeliveryHost host) : IClassFixture<DeliveryHost>, IDisposable
{
    public void Dispose() => host.Logs.AssertNoErrors();

    [PostgresFact]
    public async Task Generating_again_changes_nothing_and_leaves_what_either_side_edited()
    {
        var (two, project) = await host.Scene.ScopedAsync();
        var generate = new GenerateScopingItemsRequest { ProjectId = project.Id };
        var first = await Answers(host.Scene, two.Insurer).GenerateScopingItemsAsync(generate, deadline: Deadline);
        Assert.Equal((0, 0, 0, 0), (first.Added, first.Changed, first.Retired, first.Orphaned));

        var lot = Whole(await host.Scene.LotAsync(two.Insurer, project));
        (lot.Title, lot.ItemCount) = ("Bénéficiaires et ayants droit", 131_000);
        var report = Whole(await host.Scene.ReportAsync(two.Insurer, project));
        report.DueDays = 15;
        var tried = Whole(await host.Scene.CaseAsync(two.Insurer, project));
        tried.Expected = new Money { MinorUnits = 1, Currency = "EUR" };
        await Items(host.Scene, two.Insurer).UpdateTakeOverLotAsync(lot, deadline: Deadline);
        await Items(host.Scene, two.Delegate).UpdateReportDefinitionAsync(report, deadline: Deadline);
        await Items(host.Scene, two.Delegate).UpdateAcceptanceCaseAsync(tried, deadline: Deadline);
        var action = Preparing.Whole((await ActionsAsync(two, project))[0]);
        action.Title = "À ma façon";
        await new Actions.ActionsClient(host.Scene.As(two.Insurer)).UpdateActionAsync(action, deadline: Deadline);

        var again = await Answers(host.Scene, two.Delegate).GenerateScopingItemsAsync(generate, deadline: Deadline);

        Assert.Equal((0, 0, 0, 0, first.Unchanged), (again.Added, again.Changed, again.Retired, again.Orphaned, again.Unchanged));
        var kept = await host.Scene.LotAsync(two.Delegate, project);
        Assert.Equal(("Bénéficiaires et ayants droit", 131_000L), (kept.Title, kept.ItemCount));
        Assert.Equal(["item_count", "title"], kept.Origin.EditedFields);
        Assert.Equal(["due_days"], (await host.Scene.ReportAsync(two.Insurer, project)).Origin.EditedFields);
        Assert.Equal(["amounts"], (await host.Scene.CaseAsync(two.Insurer, project)).Origin.EditedFields);
        Assert.Contains(await ActionsAsync(two, project), item => item.Title == "À ma façon");
    }

    [PostgresFact]
    public async Task When_the_days_of_the_project_change_the_plan_follows_but_for_what_was_edited()
    {
        var (two, project) = await host.Scene.ScopedAsync();
        var edited = Preparing.Whole((await ActionsAsync(two, project))[0]);
        edited.DueDay = "2026-03-20";
        edited = Preparing.Whole(await new Actions.ActionsClient(host.Scene.As(two.Delegate)).UpdateActionAsync(edited, deadline: Deadline));
        var projects = new Delivery.V1.Projects.ProjectsClient(host.Scene.As(two.Insurer));
        var now = await projects.GetProjectAsync(new GetProjectRequest { ProjectId = project.Id }, deadline: Deadline);
        await projects.UpdateProjectAsync(new UpdateProjectRequest { ProjectId = project.Id, Name = now.Name, TargetDay = "2026-04-01", Etag = now.Etag }, deadline: Deadline);

        var done = await Answers(host.Scene, two.Insurer).GenerateScopingItemsAsync(new GenerateScopingItemsRequest { ProjectId = project.Id }, deadline: Deadline);

        Assert.True(done.Changed > 0);
        Assert.All(done.Changes.Where(change => change.Type == "action"), change => Assert.Equal(["due_day"], change.Fields));
        Assert.All(await ActionsAsync(two, project), action => Assert.Equal(action.Id == edited.ActionId ? "2026-03-20" : "2026-04-01", action.DueDay));
        Assert.All(await DeliverablesAsync(two, project), item => Assert.Equal("2026-04-01", item.DueDay));
    }

    [PostgresFact]
    public async Task What_has_no_origin_any_more_is_retired_with_its_action_and_what_was_edited_is_flagged()
    {
        var (two, answer) = await host.Scene.AnswerAsync();
        var latest = await Answers(host.Scene, two.Insurer).AnswerQuestionAsync(TakeOver(answer.ProjectId, answer.Etag, "A", "B"), deadline: Deadline);
        latest = await host.Scene.AgreeAsync(two, latest);
        var project = new Project { Id = answer.ProjectId };
        var lot = Whole(await host.Scene.LotAsync(two.Insurer, project));
        lot.Title = "Lot renommé";
        await Items(host.Scene, two.Insurer).UpdateTakeOverLotAsync(lot, deadline: Deadline);
        Assert.Equal(2, (await ActionsAsync(two, project)).Count(action => action.State == Action.Types.State.Open));

        await host.Scene.AgreeAsync(two, await Answers(host.Scene, two.Delegate).AnswerQuestionAsync(TakeOver(answer.ProjectId, latest.Etag, "C"), deadline: Deadline));

        var lots = (await Items(host.Scene, two.Insurer).ListTakeOverLotsAsync(new ListTakeOverLotsRequest { ProjectId = project.Id }, deadline: Deadline)).TakeOverLots;
        Assert.Equal([("A", State.Orphaned), ("B", State.Retired), ("C", State.Active)], lots.Select(item => (item.Origin.Key, item.Origin.State)));
        Assert.Equal(
            ["Fournir les données à reprendre : Bénéficiaires C"],
            (await ActionsAsync(two, project)).Where(action => action.State == Action.Types.State.Open).Select(action => action.Title));
    }

    [PostgresFact]
    public async Task A_deliverable_is_validated_by_both_sides_as_it_is_and_a_change_takes_that_back()
    {
        var (two, project) = await host.Scene.ScopedAsync();
        var item = await host.Scene.DeliverableAsync(two.Insurer, project);
        var validate = new ValidateDeliverableRequest { ProjectId = project.Id, DeliverableId = item.Id, Etag = item.Etag };
        var first = await Items(host.Scene, two.Insurer).ValidateDeliverableAsync(validate, deadline: Deadline);
        var again = await Refusals.ThrownBy(Items(host.Scene, two.Insurer).ValidateDeliverableAsync(validate, deadline: Deadline));
        await WaitsForTheDelegateAsync(two, 1);

        // What the delegate read before the insurer's consent says the same.
        var both = await Items(host.Scene, two.Delegate).ValidateDeliverableAsync(validate, deadline: Deadline);
        await WaitsForTheDelegateAsync(two, 0);
        Assert.Equal("DELIVERABLE_ALREADY_VALIDATED", again.Kind().Reason);
        Assert.Null(first.DelegateConsentTime);
        Assert.True(both is { InsurerConsentTime: not null, DelegateConsentTime: not null });

        var change = Whole(both);
        change.Title = "Paramétrage complet";
        var changed = await Items(host.Scene, two.Delegate).UpdateDeliverableAsync(change, deadline: Deadline);
        var stale = await Refusals.ThrownBy(Items(host.Scene, two.Insurer).ValidateDeliverableAsync(validate, deadline: Deadline));

        Assert.True(changed is { InsurerConsentTime: null, DelegateConsentTime: null });
        Assert.Equal("ETAG_STALE", stale.Kind().Reason);
    }

    [PostgresFact]
    public async Task Amounts_that_cannot_be_are_refused_by_name()
    {
        var (two, project) = await host.Scene.ScopedAsync();
        var request = Whole(await host.Scene.CaseAsync(two.Insurer, project));
        request.Expected = new Money { MinorUnits = request.Spent.MinorUnits + 1, Currency = "EUR" };
        var above = await Refusals.ThrownBy(Items(host.Scene, two.Insurer).UpdateAcceptanceCaseAsync(request, deadline: Deadline));
        request.Expected.Currency = "USD";
        request.Amo = null;
        request.State = State.Orphaned;
        var wrong = await Refusals.ThrownBy(Items(host.Scene, two.Insurer).UpdateAcceptanceCaseAsync(request, deadline: Deadline));

        Assert.Equal([("expected", "EXPECTED_ABOVE_COSTS")], above.Violations());
        Assert.Equal([("amo", "AMOUNT_REQUIRED"), ("expected.currency", "CURRENCY_NOT_EURO")], wrong.Violations());
    }

    private async Task<IReadOnlyList<Action>> ActionsAsync(TwoParties two, Project project) => (await new Actions.ActionsClient(host.Scene.As(two.Delegate)).ListActionsAsync(
        new ListActionsRequest { ProjectId = project.Id }, deadline: Deadline)).Actions;

    private async Task<IReadOnlyList<Deliverable>> DeliverablesAsync(TwoParties two, Project project) => (await Items(host.Scene, two.Delegate).ListDeliverablesAsync(
        new ListDeliverablesRequest { ProjectId = project.Id }, deadline: Deadline)).Deliverables;

    private async Task WaitsForTheDelegateAsync(TwoParties two, int count) => await Eventually.Async(async () =>
        (await new Delivery.V1.WorkList.WorkListClient(host.Scene.As(two.Delegate)).ListWorkItemsAsync(new ListWorkItemsRequest(), deadline: Deadline))
        .WorkItems.Count(item => item.Kind == "deliverable.validate") == count);
}
