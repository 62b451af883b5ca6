using Delegation.Access.V1;
using Delegation.Delivery.V1;
using Delegation.ProjectDelivery.Tests.Phases;
using Delegation.TestKit;
using Delegation.TestKit.Access;
using Delegation.TestKit.Errors;
using Grpc.Core;
using static Delegation.ProjectDelivery.Tests.Preparing;
using static Delegation.ProjectDelivery.Tests.SetUp.PreparingSetUp;
using CatalogueState = Delegation.Delivery.V1.ReportCatalogue.Types.State;
using CriterionState = Delegation.Delivery.V1.GateCriterion.Types.State;
using State = Delegation.Delivery.V1.TestDelivery.Types.State;

namespace Delegation.ProjectDelivery.Tests.SetUp;

/// <summary>The set-up: both sides agree on the catalogue and reconcile a test delivery of each report.</summary>
public sealed class Synchronising_reports(DeliveryHost host) : IClassFixture<DeliveryHost>, IDisposable
{
    public void Dispose() => host.Logs.AssertNoErrors();

    [PostgresFact]
    public async Task The_catalogue_is_agreed_with_the_second_side_and_a_change_opens_it_again()
    {
        var (two, catalogue) = await host.Scene.CatalogueAsync();
        Assert.Equal((CatalogueState.Open, 12), (catalogue.State, catalogue.Reports.Single().NextDeliveries.Count));

        var pending = await host.Scene.Catalogues(two.Insurer).AgreeReportCatalogueAsync(Agreeing(catalogue), deadline: Deadline);
        Assert.Equal((CatalogueState.Pending, Side.Insurer), (pending.State, pending.Agreements.Single().Side));
        await Eventually.Async(async () => (await WorkAsync(two.Delegate)).Any(item => item.Kind == "report_catalogue.agree"));
        Assert.Equal(CriterionState.Unmet, (await CriterionAsync(two, catalogue.ProjectId, "REPORT_CATALOGUE_AGREED")).State);

        var agreed = await host.Scene.Catalogues(two.Delegate).AgreeReportCatalogueAsync(Agreeing(catalogue), deadline: Deadline);
        Assert.Equal((CatalogueState.Agreed, 2), (agreed.State, agreed.Agreements.Count));
        await Eventually.Async(async () => (await WorkAsync(two.Delegate)).Count == 0);
        Assert.Equal(CriterionState.Met, (await CriterionAsync(two, catalogue.ProjectId, "REPORT_CATALOGUE_AGREED")).State);

        await host.Scene.ChangeReportAsync(catalogue.Reports.Single().ReportId);
        Assert.Equal(CatalogueState.Open, (await host.Scene.CatalogueAsync(two.Insurer, catalogue.ProjectId)).State);
        Assert.Equal(CriterionState.Unmet, (await CriterionAsync(two, catalogue.ProjectId, "REPORT_CATALOGUE_AGREED")).State);
    }

    [PostgresFact]
    public async Task What_is_missing_is_listed_and_a_stale_reading_agrees_to_nothing()
    {
        var (two, project, reportId) = await host.Scene.ReportAsync();
        var read = await host.Scene.CatalogueAsync(two.Insurer, project.Id);

        var incomplete = await Refusals.ThrownBy(host.Scene.Catalogues(two.Insurer).AgreeReportCatalogueAsync(Agreeing(read), deadline: Deadline));
        Assert.Equal(("CATALOGUE_INCOMPLETE", "CALENDAR_MISSING", reportId), (incomplete.Reason(), incomplete.Conditions().Single().Type, incomplete.Conditions().Single().Subject));

        await host.Scene.Catalogues(two.Delegate).SetReportCalendarAsync(Calendar(read, reportId), deadline: Deadline);
        Assert.Equal(StatusCode.Aborted, (await Refusals.ThrownBy(host.Scene.Catalogues(two.Insurer).AgreeReportCatalogueAsync(Agreeing(read), deadline: Deadline))).StatusCode);

        var wrong = Calendar(await host.Scene.CatalogueAsync(two.Insurer, project.Id), reportId);
        wrong.FirstPeriodDay = "2026-01-15";
        Assert.Equal(
            [("first_period_day", "FIRST_PERIOD_DAY_NOT_FIRST")],
            (await Refusals.ThrownBy(host.Scene.Catalogues(two.Insurer).SetReportCalendarAsync(wrong, deadline: Deadline))).Violations());
    }

    [PostgresFact]
    public async Task A_delivery_of_which_both_count_the_same_is_agreed_at_once()
    {
        var (two, delivery) = await host.Scene.DeliveryAsync();
        Assert.Equal((State.Delivered, 1), (delivery.State, delivery.Number));
        Assert.Null(delivery.InsurerCount);
        await Eventually.Async(async () => (await WorkAsync(two.Insurer)).Any(item => item.Kind == "test_delivery.count"));

        var agreed = await host.Scene.Deliveries(two.Insurer).CountTestDeliveryAsync(Counting(delivery, delivery.DelegateCount), deadline: Deadline);

        Assert.Equal((State.Agreed, 0), (agreed.State, agreed.Differences.Count));
        Assert.Equal(delivery.DelegateCount, agreed.InsurerCount);
        Assert.Equal(CriterionState.Met, (await CriterionAsync(two, delivery.ProjectId, "TEST_DELIVERIES_RECONCILED")).State);
        await Eventually.Async(async () => (await WorkAsync(two.Insurer)).Count == 0);
        Assert.Equal("TEST_DELIVERY_AGREED", (await Refusals.ThrownBy(host.Scene.Deliveries(two.Insurer).CountTestDeliveryAsync(
            Counting(agreed, delivery.DelegateCount), deadline: Deadline))).Reason());
    }

    [PostgresFact]
    public async Task Differences_are_listed_line_by_line_and_agreed_only_once_explained_and_accepted_by_both()
    {
        var (two, delivery) = await host.Scene.DifferenceAsync();
        var difference = Assert.Single(delivery.Differences);
        Assert.Equal(("Prestations – optique", -1L, -20_00L), (difference.Label, difference.CountDifference, difference.AmountDifferenceCents));
        Assert.Equal(CriterionState.Unmet, (await CriterionAsync(two, delivery.ProjectId, "TEST_DELIVERIES_RECONCILED")).State);

        var early = await Refusals.ThrownBy(host.Scene.Deliveries(two.Insurer).AcceptDifferencesAsync(Accepting(delivery), deadline: Deadline));
        Assert.Equal(("DIFFERENCES_UNEXPLAINED", "Prestations – optique"), (early.Reason(), early.Conditions().Single().Subject));

        var explained = await host.Scene.Deliveries(two.Delegate).ExplainDifferenceAsync(Explaining(delivery), deadline: Deadline);
        Assert.Equal(Side.Delegate, explained.Differences.Single().ExplainedBy);
        var accepted = await host.Scene.Deliveries(two.Delegate).AcceptDifferencesAsync(Accepting(explained), deadline: Deadline);
        Assert.Equal((State.Different, Side.Delegate), (accepted.State, accepted.AcceptedBy.Single()));
        Assert.Equal("DIFFERENCES_ALREADY_ACCEPTED", (await Refusals.ThrownBy(host.Scene.Deliveries(two.Delegate).AcceptDifferencesAsync(Accepting(accepted), deadline: Deadline))).Reason());

        Assert.Equal(State.Agreed, (await host.Scene.Deliveries(two.Insurer).AcceptDifferencesAsync(Accepting(accepted), deadline: Deadline)).State);
        Assert.Equal(CriterionState.Met, (await CriterionAsync(two, delivery.ProjectId, "TEST_DELIVERIES_RECONCILED")).State);
    }

    [PostgresFact]
    public async Task Another_explanation_or_count_takes_acceptances_back()
    {
        var (two, explained) = await host.Scene.ExplainedAsync();
        var accepted = await host.Scene.Deliveries(two.Insurer).AcceptDifferencesAsync(Accepting(explained), deadline: Deadline);

        var again = await host.Scene.Deliveries(two.Delegate).ExplainDifferenceAsync(Explaining(accepted), deadline: Deadline);

        Assert.Empty(again.AcceptedBy);
        Assert.Equal("NO_SUCH_DIFFERENCE", (await Refusals.ThrownBy(host.Scene.Deliveries(two.Insurer).ExplainDifferenceAsync(
            new ExplainDifferenceRequest(Explaining(again)) { Label = "Prestations – dentaire" }, deadline: Deadline))).Reason());
    }

    [PostgresFact]
    public async Task A_later_delivery_replaces_one_that_is_not_agreed_and_one_of_an_older_definition_does_not_count()
    {
        var (two, first) = await host.Scene.DifferenceAsync();
        var second = await host.Scene.Deliveries(two.Delegate).RecordTestDeliveryAsync(Recording(first.ProjectId, first.ReportId), deadline: Deadline);
        await host.Scene.Deliveries(two.Insurer).CountTestDeliveryAsync(Counting(second, second.DelegateCount), deadline: Deadline);

        var listed = (await host.Scene.Deliveries(two.Insurer).ListTestDeliveriesAsync(new ListTestDeliveriesRequest { ProjectId = first.ProjectId }, deadline: Deadline)).TestDeliveries;
        Assert.Equal([(1, State.Replaced), (2, State.Agreed)], listed.Select(delivery => (delivery.Number, delivery.State)));
        Assert.Equal("TEST_DELIVERY_REPLACED", (await Refusals.ThrownBy(host.Scene.Deliveries(two.Insurer).CountTestDeliveryAsync(
            Counting(listed[0], second.DelegateCount), deadline: Deadline))).Reason());
        await Eventually.Async(async () => (await WorkAsync(two.Insurer)).Count == 0 && (await WorkAsync(two.Delegate)).Count == 0);

        await host.Scene.ChangeReportAsync(first.ReportId);
        var criterion = await CriterionAsync(two, first.ProjectId, "TEST_DELIVERIES_RECONCILED");
        Assert.Equal((CriterionState.Unmet, "Not reconciled: Suivi mensuel d'activité."), (criterion.State, criterion.Found));
    }

    [PostgresFact]
    public async Task Bad_counts_are_named_all_at_once()
    {
        var (two, project, reportId) = await host.Scene.ReportAsync();
        var request = Recording(project.Id, reportId);
        request.PeriodLastDay = "2025-12-31";
        request.FileSha256 = new string('A', 64);
        request.Count = Count(-1, ("Optique", -1, 0), ("Optique", 1, 0), (" ", 1, 0));

        var refused = await Refusals.ThrownBy(host.Scene.Deliveries(two.Delegate).RecordTestDeliveryAsync(request, deadline: Deadline));

        Assert.Equal(
            [
                ("period_last_day", "PERIOD_LAST_DAY_BEFORE_FIRST"), ("file_sha256", "FILE_SHA256_MALFORMED"), ("count.rows", "ROWS_NEGATIVE"),
                ("count.lines[0].count", "COUNT_NEGATIVE"), ("count.lines[1].label", "LABEL_TWICE"), ("count.lines[2].label", "LABEL_REQUIRED"),
            ],
            refused.Violations());
    }

    private async Task<GateCriterion> CriterionAsync(TwoParties two, string projectId, string code) =>
        (await host.Scene.GateAsync(two.Insurer, projectId, ProjectGate.ToRobustness)).Criteria.Single(criterion => criterion.Code == code);

    private async Task<IReadOnlyList<WorkItem>> WorkAsync(Actor actor) =>
        (await new Delivery.V1.WorkList.WorkListClient(host.Scene.As(actor)).ListWorkItemsAsync(new ListWorkItemsRequest(), deadline: Deadline)).WorkItems;
}
