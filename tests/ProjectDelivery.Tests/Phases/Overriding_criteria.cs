using Delegation.ServiceDefaults.Time;
using System.Globalization;
using Delegation.Access.V1;
using Delegation.Contracts.V1;
using Delegation.Delivery.V1;
using Delegation.TestKit;
using Delegation.TestKit.Access;
using Delegation.TestKit.Errors;
using static Delegation.ProjectDelivery.Tests.Preparing;
using CriterionState = Delegation.Delivery.V1.GateCriterion.Types.State;
using GateState = Delegation.Delivery.V1.Gate.Types.State;
using State = Delegation.Delivery.V1.GateOverride.Types.State;

namespace Delegation.ProjectDelivery.Tests.Phases;

/// <summary>An override is agreed by both sides, stays visible, and ends: settled, replaced, or expired.</summary>
public sealed class Overriding_criteria(DeliveryHost host) : IClassFixture<DeliveryHost>, IDisposable
{
    public void Dispose()
    {
        host.Contracts.IsAway = false;
        host.Logs.AssertNoErrors();
    }

    [PostgresFact]
    public async Task What_one_side_proposes_covers_nothing_until_the_other_confirms_it()
    {
        var (two, proposal) = await host.Scene.ProposalAsync();
        Assert.Equal((State.Proposed, Side.Insurer, "There is none in which both sides sit."), (proposal.State, proposal.ProposedBy, proposal.Found));
        Assert.Equal(CriterionState.Unmet, await CommitteeCriterionAsync(host, two, proposal.ProjectId));

        var own = await Refusals.ThrownBy(host.Scene.Overrides(two.Insurer).ConfirmOverrideAsync(PreparingGates.Confirming(proposal), deadline: Deadline));
        Assert.Equal("OVERRIDE_OF_YOUR_SIDE", own.Reason());

        var confirmed = await host.Scene.Overrides(two.Delegate).ConfirmOverrideAsync(PreparingGates.Confirming(proposal), deadline: Deadline);
        Assert.Equal(State.InForce, confirmed.State);
        Assert.Equal(CriterionState.Overridden, await CommitteeCriterionAsync(host, two, proposal.ProjectId));
    }

    [PostgresFact]
    public async Task It_stays_visible_on_the_project_and_in_the_portfolio_until_the_criterion_is_met()
    {
        var (two, open) = await host.Scene.OverrideAsync();
        host.Contracts.Tell(
            two.Parties,
            new DelegationOpened
            {
                Delegation = new Contracts.V1.Delegation
                {
                    Title = "Santé", State = Contracts.V1.Delegation.Types.State.Open, Insurer = new() { LegalName = "Mutuelle A" }, Delegate = new() { LegalName = "Gestion B" },
                },
            },
            "delegation",
            two.Parties.DelegationId);
        await Eventually.Async(async () => (await PortfolioAsync(two)) is [{ OpenOverrides: 1 }]);
        Assert.Equal(1, (await ProjectAsync(two, open.ProjectId)).OpenOverrides);

        var early = await Refusals.ThrownBy(host.Scene.Overrides(two.Delegate).SettleOverrideAsync(Settling(open), deadline: Deadline));
        Assert.Equal(("CRITERION_UNMET", "PROJECT_COMMITTEE_SET_UP"), (early.Reason(), early.Conditions().Single().Subject));

        await host.Scene.LaunchAsync(two, new Project { Id = open.ProjectId });
        Assert.Equal(State.Settled, (await host.Scene.Overrides(two.Delegate).SettleOverrideAsync(Settling(open), deadline: Deadline)).State);
        Assert.Equal((0, 0), ((await ProjectAsync(two, open.ProjectId)).OpenOverrides, (await PortfolioAsync(two)).Single().OpenOverrides));
    }

    [PostgresFact]
    public async Task It_waits_on_the_list_of_the_side_that_is_to_confirm_it_and_either_side_may_withdraw_it()
    {
        var (two, proposal) = await host.Scene.ProposalAsync();
        await Eventually.Async(async () => (await WorkAsync(host, two.Delegate)).Any(item => item.Kind == "override.confirm"));
        Assert.Empty(await WorkAsync(host, two.Insurer));

        var declined = await host.Scene.Overrides(two.Delegate).WithdrawOverrideAsync(
            new WithdrawOverrideRequest { ProjectId = proposal.ProjectId, OverrideId = proposal.Id, Etag = proposal.Etag }, deadline: Deadline);

        Assert.Equal(State.Withdrawn, declined.State);
        await Eventually.Async(async () => (await WorkAsync(host, two.Delegate)).Count == 0);
        var late = await Refusals.ThrownBy(host.Scene.Overrides(two.Delegate).ConfirmOverrideAsync(PreparingGates.Confirming(declined), deadline: Deadline));
        Assert.Equal("OVERRIDE_NOT_PROPOSED", late.Reason());
    }

    [PostgresFact]
    public async Task A_longer_one_takes_the_place_of_the_one_in_force()
    {
        var (two, first) = await host.Scene.OverrideAsync();
        var project = new Project { Id = first.ProjectId };
        var longer = await host.Scene.Overrides(two.Delegate).ProposeOverrideAsync(PreparingGates.Proposal(project, endDay: Day(60)), deadline: Deadline);
        Assert.Equal("OVERRIDE_PROPOSED", (await Refusals.ThrownBy(host.Scene.Overrides(two.Insurer).ProposeOverrideAsync(PreparingGates.Proposal(project), deadline: Deadline))).Reason());

        await host.Scene.Overrides(two.Insurer).ConfirmOverrideAsync(PreparingGates.Confirming(longer), deadline: Deadline);

        var all = (await host.Scene.Overrides(two.Insurer).ListOverridesAsync(new ListOverridesRequest { ProjectId = first.ProjectId }, deadline: Deadline)).Overrides;
        Assert.Equal([(first.Id, State.Replaced), (longer.Id, State.InForce)], all.Select(listed => (listed.Id, listed.State)));
        Assert.Equal(1, (await ProjectAsync(two, first.ProjectId)).OpenOverrides);
    }

    [PostgresTheory]
    [InlineData(ProjectGate.ToScoping, "TITLE_TO_OPERATE")]
    [InlineData(ProjectGate.ToRobustness, "GDPR_TERMS_SIGNED")]
    [InlineData(ProjectGate.ToRun, "TITLE_FOR_OPERATION")]
    [InlineData(ProjectGate.ToRun, "GDPR_TERMS_SIGNED")]
    [InlineData(ProjectGate.ToRun, "ACPR_INFORMED")]
    public async Task Title_GDPR_terms_and_information_of_the_ACPR_are_never_overridden(ProjectGate gate, string criterion)
    {
        var (two, project) = await host.Scene.ProjectAsync();
        host.Contracts.Breaches[two.DelegationId] = TitleBreach.NoTitle;
        host.Contracts.Of(two.DelegationId).AcprNotification.EndDay = "2026-02-01";
        Assert.False((await CriterionAsync(host, two, project.Id, gate, criterion)).Overridable);

        var refused = await Refusals.ThrownBy(host.Scene.Overrides(two.Insurer).ProposeOverrideAsync(
            PreparingGates.Proposal(project, criterion, gate: gate), deadline: Deadline));

        Assert.Equal("CRITERION_NOT_OVERRIDABLE", refused.Reason());
    }

    [PostgresFact]
    public async Task What_is_met_or_not_answered_is_not_overridden()
    {
        var (two, project) = await host.Scene.ProjectAsync();
        var contacts = PreparingGates.Proposal(project, "MAIN_CONTACTS_NAMED");

        Assert.Equal("CRITERION_MET", (await Refusals.ThrownBy(host.Scene.Overrides(two.Insurer).ProposeOverrideAsync(contacts, deadline: Deadline))).Reason());
        host.Contracts.IsAway = true;
        Assert.Equal("CRITERION_NOT_ANSWERED", (await Refusals.ThrownBy(host.Scene.Overrides(two.Insurer).ProposeOverrideAsync(contacts, deadline: Deadline))).Reason());
    }

    [PostgresFact]
    public async Task Bad_fields_are_named_all_at_once()
    {
        var (two, project) = await host.Scene.ProjectAsync();
        var request = PreparingGates.Proposal(project, "NO_SUCH_CRITERION", "2020-01-01");
        request.Reason = " ";

        var refused = await Refusals.ThrownBy(host.Scene.Overrides(two.Insurer).ProposeOverrideAsync(request, deadline: Deadline));
        Assert.Equal([("criterion", "CRITERION_UNKNOWN"), ("reason", "REASON_REQUIRED"), ("end_day", "END_DAY_PAST")], refused.Violations());

        var far = await Refusals.ThrownBy(host.Scene.Overrides(two.Insurer).ProposeOverrideAsync(PreparingGates.Proposal(project, endDay: "2199-01-01"), deadline: Deadline));
        Assert.Equal([("end_day", "END_DAY_TOO_FAR")], far.Violations());
    }

    [PostgresFact]
    public async Task It_expires_after_its_end_day_shuts_the_gate_between_the_two_sides_calls_and_waits_for_both_to_settle()
    {
        var own = new DeliveryHost();
        await ((IAsyncLifetime)own).InitializeAsync();
        try
        {
            // All of the launch is done but the committee, which both override.
            var (two, open) = await own.Scene.OverrideAsync();
            await own.Scene.PlanAsync(two, new Project { Id = open.ProjectId });
            Assert.Equal(GateState.Pending, (await own.Scene.PassAsync(two.Insurer, open.ProjectId)).State);
            var read = await own.Scene.GateAsync(two.Delegate, open.ProjectId);

            await own.StopAsync();
            own.Settings["Clock:Offset"] = "40.00:00:00";
            own.Start();

            var refused = await Refusals.ThrownBy(own.Scene.Gates(two.Delegate).PassGateAsync(PreparingGates.Passing(read), deadline: Deadline));
            Assert.Equal(("GATE_SHUT", "PROJECT_COMMITTEE_SET_UP"), (refused.Reason(), refused.Conditions().Single().Subject));
            foreach (var side in new[] { Side.Insurer, Side.Delegate })
                await Eventually.Async(async () => (await WorkAsync(own, two.On(side))).Any(item => item is { Kind: "override.settle", Late: true }));
            var expired = await own.Scene.Overrides(two.Delegate).GetOverrideAsync(new GetOverrideRequest { ProjectId = open.ProjectId, OverrideId = open.Id }, deadline: Deadline);
            Assert.Equal(State.Expired, expired.State);
            own.Logs.AssertNoErrors();
        }
        finally
        {
            await ((IAsyncLifetime)own).DisposeAsync();
        }
    }

    private static string Day(int fromToday) => ParisDays.DayAt(DateTimeOffset.UtcNow).AddDays(fromToday).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static SettleOverrideRequest Settling(GateOverride open) => new() { ProjectId = open.ProjectId, OverrideId = open.Id, Etag = open.Etag };

    private static async Task<GateCriterion> CriterionAsync(DeliveryHost host, TwoParties two, string projectId, ProjectGate gate, string code) =>
        (await host.Scene.GateAsync(two.Insurer, projectId, gate)).Criteria.Single(criterion => criterion.Code == code);

    private static async Task<CriterionState> CommitteeCriterionAsync(DeliveryHost host, TwoParties two, string projectId) =>
        (await CriterionAsync(host, two, projectId, ProjectGate.ToScoping, "PROJECT_COMMITTEE_SET_UP")).State;

    private async Task<Project> ProjectAsync(TwoParties two, string projectId) =>
        await new Delivery.V1.Projects.ProjectsClient(host.Scene.As(two.Insurer)).GetProjectAsync(new GetProjectRequest { ProjectId = projectId }, deadline: Deadline);

    private async Task<IReadOnlyList<PortfolioEntry>> PortfolioAsync(TwoParties two) =>
        (await new Delivery.V1.Portfolio.PortfolioClient(host.Scene.As(two.Delegate)).ListPortfolioAsync(new ListPortfolioRequest(), deadline: Deadline)).Entries;

    private static async Task<IReadOnlyList<WorkItem>> WorkAsync(DeliveryHost host, Actor actor) =>
        (await new Delivery.V1.WorkList.WorkListClient(host.Scene.As(actor)).ListWorkItemsAsync(new ListWorkItemsRequest(), deadline: Deadline)).WorkItems;
}
