using Delegation.Access.V1;
using Delegation.Delivery.V1;
using Delegation.TestKit;
using Delegation.TestKit.Errors;
using Grpc.Core;
using static Delegation.ProjectDelivery.Tests.Acceptance.PreparingAcceptance;
using static Delegation.ProjectDelivery.Tests.Preparing;
using Result = Delegation.Delivery.V1.AcceptanceRun.Types.Result;
using Verdict = Delegation.Delivery.V1.CampaignCase.Types.Verdict;
using State = Delegation.Delivery.V1.Anomaly.Types.State;

namespace Delegation.ProjectDelivery.Tests.Acceptance;

public sealed class Runs_of_cases(DeliveryHost host) : IClassFixture<DeliveryHost>, IDisposable
{
    public void Dispose() => host.Logs.AssertNoErrors();

    [PostgresFact]
    public async Task A_run_passes_with_the_expected_amount_to_the_cent_and_with_no_other()
    {
        var tested = await host.Scene.CampaignAsync();

        var refusal = await Refusals.ThrownBy(host.Scene.Campaigns(tested.Two.Insurer).RecordRunAsync(Passed(tested, 19_99), deadline: Deadline));
        Assert.Equal([("actual", "AMOUNT_DIFFERS")], refusal.Violations());
        Assert.Equal(Verdict.ToRun, (await host.Scene.ReadCaseAsync(tested)).Verdict);

        var run = await host.Scene.RunAsync(tested.Two.Insurer, Passed(tested));
        var after = await host.Scene.ReadCaseAsync(tested);
        Assert.Equal((Verdict.Passed, run), (after.Verdict, after.LatestRun));
        Assert.Equal((Side.Insurer, 20_00, 1L), (run.TesterSide, run.Expected.MinorUnits, run.CaseRevision));
    }

    [PostgresFact]
    public async Task A_case_by_hand_is_read_and_changed_among_those_of_the_scoping()
    {
        var tested = await host.Scene.CampaignAsync();
        var items = new ScopingItems.ScopingItemsClient(host.Scene.As(tested.Two.Delegate));

        var listed = Assert.Single((await items.ListAcceptanceCasesAsync(new ListAcceptanceCasesRequest { ProjectId = tested.ProjectId }, deadline: Deadline)).AcceptanceCases);

        Assert.Equal((tested.Case.CaseId, ScopingQuestion.Unspecified, "", GuaranteeLine.Types.Category.Unspecified), (listed.Id, listed.Origin.Question, listed.Origin.NeedId, listed.Category));
        var changed = await host.Scene.ChangeCaseAsync(tested.Two.Delegate, tested);
        Assert.Equal((listed.Id, 21_00L), (changed.Id, changed.Expected.MinorUnits));
        Assert.Equal(changed.Title, (await host.Scene.ReadCaseAsync(tested)).Title);
    }

    [PostgresFact]
    public async Task A_run_that_did_not_pass_says_why()
    {
        var tested = await host.Scene.CampaignAsync();
        var request = Failed(tested);
        request.Anomaly = null;
        var none = await Refusals.ThrownBy(host.Scene.Campaigns(tested.Two.Insurer).RecordRunAsync(request, deadline: Deadline));
        request = Failed(tested);
        request.AnomalyId = Guid.NewGuid().ToString();
        var both = await Refusals.ThrownBy(host.Scene.Campaigns(tested.Two.Insurer).RecordRunAsync(request, deadline: Deadline));
        request = Failed(tested);
        request.Result = Result.Passed;
        request.Actual = Euros(20_00);
        var unwanted = await Refusals.ThrownBy(host.Scene.Campaigns(tested.Two.Insurer).RecordRunAsync(request, deadline: Deadline));

        Assert.Equal(
            ["ANOMALY_REQUIRED", "ANOMALY_AMBIGUOUS", "ANOMALY_UNWANTED"], new[] { none, both, unwanted }.Select(refusal => refusal.Violations().Single().Reason));
        Assert.Null((await host.Scene.ReadCaseAsync(tested)).LatestRun);
    }

    [PostgresFact]
    public async Task An_anomaly_goes_from_open_over_fixed_and_retested_to_closed()
    {
        var (tested, anomaly) = await host.Scene.AnomalyAsync();
        Assert.Equal((State.Open, Side.Delegate), (anomaly.State, anomaly.Side));

        var otherSide = await Refusals.ThrownBy(host.Scene.Anomalies(tested.Two.Insurer).FixAnomalyAsync(
            new FixAnomalyRequest { ProjectId = anomaly.ProjectId, AnomalyId = anomaly.Id, Fix = "Corrigé.", Etag = anomaly.Etag }, deadline: Deadline));
        Assert.Equal("ANOMALY_OF_OTHER_SIDE", otherSide.Reason());

        Assert.Equal(State.Fixed, (await host.Scene.FixAsync(tested, anomaly)).State);
        await host.Scene.RunAsync(tested.Two.Insurer, FailedAgain(tested, anomaly));
        Assert.Equal(State.Open, (await host.Scene.ReadAsync(tested, anomaly)).State);

        await host.Scene.FixAsync(tested, anomaly);
        await host.Scene.RunAsync(tested.Two.Insurer, Passed(tested));
        var retested = await host.Scene.ReadAsync(tested, anomaly);
        Assert.Equal(State.Retested, retested.State);

        var close = new CloseAnomalyRequest { ProjectId = anomaly.ProjectId, AnomalyId = anomaly.Id, Etag = retested.Etag };
        var ownSide = await Refusals.ThrownBy(host.Scene.Anomalies(tested.Two.Delegate).CloseAnomalyAsync(close, deadline: Deadline));
        Assert.Equal("ANOMALY_OF_OWN_SIDE", ownSide.Reason());
        Assert.Equal(State.Closed, (await host.Scene.Anomalies(tested.Two.Insurer).CloseAnomalyAsync(close, deadline: Deadline)).State);

        var closed = await Refusals.ThrownBy(host.Scene.Campaigns(tested.Two.Insurer).RecordRunAsync(FailedAgain(tested, anomaly), deadline: Deadline));
        Assert.Equal((StatusCode.FailedPrecondition, "ANOMALY_CLOSED"), closed.Kind());
    }

    [PostgresFact]
    public async Task An_anomaly_is_accepted_with_a_reserve_by_both_sides_and_by_neither_alone()
    {
        var (tested, anomaly) = await host.Scene.AnomalyAsync();

        var proposed = await host.Scene.Anomalies(tested.Two.Delegate).SettleAnomalyAsync(Settlement(anomaly, "Corrigé en version 2."), deadline: Deadline);
        Assert.Equal((State.Open, Side.Delegate), (proposed.State, proposed.Proposed.ProposedBy));
        var again = await Refusals.ThrownBy(host.Scene.Anomalies(tested.Two.Delegate).SettleAnomalyAsync(Settlement(proposed, "Corrigé en version 2."), deadline: Deadline));
        Assert.Equal("ALREADY_PROPOSED", again.Reason());

        var other = await host.Scene.Anomalies(tested.Two.Insurer).SettleAnomalyAsync(Settlement(proposed, "Corrigé sous un mois."), deadline: Deadline);
        Assert.Equal((State.Open, "Corrigé sous un mois."), (other.State, other.Proposed.Reserve));
        var agreed = await host.Scene.Anomalies(tested.Two.Delegate).SettleAnomalyAsync(Settlement(other, "Corrigé sous un mois."), deadline: Deadline);
        Assert.Equal((State.AcceptedWithReserve, "Corrigé sous un mois.", null), (agreed.State, agreed.Reserve, agreed.Proposed));
    }

    [PostgresFact]
    public async Task A_case_that_does_not_belong_to_the_campaign_is_one_that_does_not_exist()
    {
        var tested = await host.Scene.CampaignAsync();
        var other = await host.Scene.CampaignAsync();
        var request = Passed(tested);
        request.CaseId = other.Case.CaseId;

        var refusal = await Refusals.ThrownBy(host.Scene.Campaigns(tested.Two.Insurer).RecordRunAsync(request, deadline: Deadline));

        Assert.Equal((StatusCode.NotFound, "CASE_NOT_FOUND"), refusal.Kind());
    }

    [PostgresFact]
    public async Task Who_must_run_fix_retest_and_close_finds_it_on_the_work_list()
    {
        var tested = await host.Scene.CampaignAsync();
        await WaitsForAsync(tested, Side.Insurer, "campaign.run");
        var anomaly = await host.Scene.FailAsync(tested);
        await WaitsForAsync(tested, Side.Delegate, "anomaly.fix");
        await host.Scene.FixAsync(tested, anomaly);
        await WaitsForAsync(tested, Side.Insurer, "anomaly.retest");
        await host.Scene.RunAsync(tested.Two.Insurer, Passed(tested));
        await WaitsForAsync(tested, Side.Insurer, "anomaly.close");
        var retested = await host.Scene.ReadAsync(tested, anomaly);
        await host.Scene.Anomalies(tested.Two.Insurer).CloseAnomalyAsync(
            new CloseAnomalyRequest { ProjectId = anomaly.ProjectId, AnomalyId = anomaly.Id, Etag = retested.Etag }, deadline: Deadline);
        await WaitsForAsync(tested, Side.Insurer);
        await WaitsForAsync(tested, Side.Delegate);
    }

    [PostgresFact]
    public async Task A_campaign_takes_all_cases_in_use_and_a_page_of_them_needs_no_more_statements_than_one()
    {
        var tested = await host.Scene.CampaignAsync();
        for (var i = 0; i < 4; i++)
            await host.Scene.Campaigns(tested.Two.Insurer).WriteCaseAsync(NewCase(tested.Campaign), deadline: Deadline);
        var all = await host.Scene.Campaigns(tested.Two.Delegate).CreateCampaignAsync(NewCampaign(tested.ProjectId), deadline: Deadline);

        using var statements = new StatementRecorder();
        var page = await host.Scene.Campaigns(tested.Two.Delegate).ListCampaignCasesAsync(
            new ListCampaignCasesRequest { ProjectId = all.ProjectId, CampaignId = all.Id, PageSize = 3 }, deadline: Deadline);
        var rest = await host.Scene.Campaigns(tested.Two.Delegate).ListCampaignCasesAsync(
            new ListCampaignCasesRequest { ProjectId = all.ProjectId, CampaignId = all.Id, PageSize = 3, PageToken = page.NextPageToken }, deadline: Deadline);

        Assert.Equal((3, 2, ""), (page.Cases.Count, rest.Cases.Count, rest.NextPageToken));
        Assert.Equal(2, statements.Of(host.Database.Name).Count(sql => sql.Contains("FROM campaign_case", StringComparison.Ordinal)));
    }

    private async Task WaitsForAsync(Tested tested, Side side, params string[] kinds)
    {
        string[] found = [];
        await Eventually.Async(async () =>
        {
            var items = await new Delivery.V1.WorkList.WorkListClient(host.Scene.As(tested.Two.On(side))).ListWorkItemsAsync(
                new ListWorkItemsRequest { DelegationId = tested.Two.DelegationId }, deadline: Deadline);
            found = [.. items.WorkItems.Select(item => item.Kind).Order()];
            return found.SequenceEqual(kinds);
        });
        Assert.Equal(kinds, found);
    }
}
