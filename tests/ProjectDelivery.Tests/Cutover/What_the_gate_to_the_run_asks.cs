using Delegation.Delivery.V1;
using Delegation.ProjectDelivery.Tests.Acceptance;
using Delegation.ProjectDelivery.Tests.Phases;
using Delegation.TestKit;
using static Delegation.ProjectDelivery.Tests.Cutover.PreparingCutover;
using static Delegation.ProjectDelivery.Tests.Preparing;
using Criterion = Delegation.Delivery.V1.GateCriterion.Types.State;
using Kind = Delegation.Delivery.V1.AcceptanceReport.Types.Kind;

namespace Delegation.ProjectDelivery.Tests.Cutover;

public sealed class What_the_gate_to_the_run_asks(DeliveryHost host) : IClassFixture<DeliveryHost>, IDisposable
{
    public void Dispose() => host.Logs.AssertNoErrors();

    [PostgresFact]
    public async Task Acceptance_reports_without_blocking_anomaly_and_a_homologation_after_them()
    {
        var (tested, report) = await host.Scene.ReportAsync();
        var open = await FindAsync(tested.Two, tested.ProjectId, "ACCEPTANCE_REPORTS_SEALED");
        Assert.Equal((Criterion.Unmet, "campaign", tested.Campaign.Id), (open.State, open.Evidence.Single().Type, open.Evidence.Single().Id));
        Assert.Equal(Criterion.Unmet, (await FindAsync(tested.Two, tested.ProjectId, "HOMOLOGATION_SEALED")).State);

        await host.Scene.SealAsync(tested.Two, report);
        var met = await FindAsync(tested.Two, tested.ProjectId, "ACCEPTANCE_REPORTS_SEALED");
        Assert.Equal((Criterion.Met, report.Id, report.TextSha256), (met.State, met.Evidence.Single().Id, met.Evidence.Single().Revision));

        await HomologateAsync(tested);
        Assert.Equal(Criterion.Met, (await FindAsync(tested.Two, tested.ProjectId, "HOMOLOGATION_SEALED")).State);

        // Another campaign, accepted after it: the homologation says nothing of that.
        var second = await host.Scene.Campaigns(tested.Two.Insurer).CreateCampaignAsync(PreparingAcceptance.NewCampaign(tested.ProjectId), deadline: Deadline);
        var again = tested with { Campaign = second };
        await host.Scene.RunAsync(tested.Two.Insurer, PreparingAcceptance.Passed(again));
        await host.Scene.SealAsync(tested.Two, await host.Scene.IssueAsync(again));
        Assert.Equal(Criterion.Unmet, (await FindAsync(tested.Two, tested.ProjectId, "HOMOLOGATION_SEALED")).State);
    }

    [PostgresFact]
    public async Task The_go_of_both_sides_to_a_cutover_that_was_not_rolled_back()
    {
        var (two, cutover) = await host.Scene.DecisionAsync();
        await host.Scene.DecideAsync(two.Insurer, cutover, go: true);
        Assert.Equal(Criterion.Unmet, (await FindAsync(two, cutover.ProjectId, "CUTOVER_GO")).State);

        await host.Scene.DecideAsync(two.Delegate, cutover, go: true);
        var met = await FindAsync(two, cutover.ProjectId, "CUTOVER_GO");
        Assert.Equal((Criterion.Met, cutover.Id), (met.State, met.Evidence.Single().Id));

        await host.Scene.Cutovers(two.Delegate).RollBackCutoverAsync(Rollback(cutover, 10), deadline: Deadline);
        Assert.Equal(Criterion.Unmet, (await FindAsync(two, cutover.ProjectId, "CUTOVER_GO")).State);
    }

    [PostgresFact]
    public async Task Each_lot_taken_over_for_good_and_accepted_by_both_sides()
    {
        var (two, request) = await host.Scene.LotAsync();
        request.DryRun = true;
        await AcceptAsync(two, request);
        var dryRun = await FindAsync(two, request.ProjectId, "LOTS_RECONCILED");
        Assert.Equal((Criterion.Unmet, request.LotId), (dryRun.State, dryRun.Evidence.Single().Id));

        request.DryRun = false;
        await AcceptAsync(two, request);
        Assert.Equal(Criterion.Met, (await FindAsync(two, request.ProjectId, "LOTS_RECONCILED")).State);
    }

    private async Task<GateCriterion> FindAsync(TwoParties two, string projectId, string code) =>
        (await host.Scene.GateAsync(two.Insurer, projectId, ProjectGate.ToRun)).Criteria.Single(criterion => criterion.Code == code);

    private async Task HomologateAsync(Tested tested) => await host.Scene.SealAsync(tested.Two, await host.Scene.Reports(tested.Two.Insurer).IssueAcceptanceReportAsync(
        new IssueAcceptanceReportRequest { ProjectId = tested.ProjectId, Kind = Kind.Homologation }, deadline: Deadline));

    private async Task AcceptAsync(TwoParties two, StartTakeOverRequest request)
    {
        var takeOver = await host.Scene.TakeOvers(two.Insurer).StartTakeOverAsync(request, deadline: Deadline);
        var loaded = await host.Scene.TakeOvers(two.Delegate).RecordLoadAsync(Load(takeOver, complete: true), deadline: Deadline);
        await host.Scene.TakeOvers(two.Insurer).AcceptTakeOverAsync(Agreement(loaded, ""), deadline: Deadline);
        await host.Scene.TakeOvers(two.Delegate).AcceptTakeOverAsync(Agreement(loaded, ""), deadline: Deadline);
    }
}
