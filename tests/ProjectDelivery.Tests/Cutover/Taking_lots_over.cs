using Delegation.Access.V1;
using Delegation.Contracts.V1;
using Delegation.Delivery.V1;
using Delegation.TestKit;
using Delegation.TestKit.Errors;
using Grpc.Core;
using static Delegation.ProjectDelivery.Tests.Cutover.PreparingCutover;
using static Delegation.ProjectDelivery.Tests.Preparing;
using State = Delegation.Delivery.V1.TakeOver.Types.State;

namespace Delegation.ProjectDelivery.Tests.Cutover;

public sealed class Taking_lots_over(DeliveryHost host) : IClassFixture<DeliveryHost>, IDisposable
{
    public void Dispose() => host.Logs.AssertNoErrors();

    [PostgresFact]
    public async Task Differences_are_listed_line_by_line_and_accepted_by_both_sides_with_a_reason()
    {
        var (two, takeOver) = await host.Scene.LoadedAsync();
        Assert.True(takeOver.Differs);
        Assert.Equal(
            [("Bénéficiaires", -1L, 0L), ("Prestations", 0L, -1L)],
            takeOver.Lines.Select(line => (line.Title, line.CountDifference, line.AmountDifference.MinorUnits)));

        var unfounded = await Refusals.ThrownBy(host.Scene.TakeOvers(two.Insurer).AcceptTakeOverAsync(Agreement(takeOver, ""), deadline: Deadline));
        Assert.Equal([("reason", "REASON_REQUIRED")], unfounded.Violations());
        var pending = await host.Scene.TakeOvers(two.Insurer).AcceptTakeOverAsync(Agreement(takeOver), deadline: Deadline);
        Assert.Equal((State.Loaded, Side.Insurer), (pending.State, pending.Consents.Single().Side));
        var again = await Refusals.ThrownBy(host.Scene.TakeOvers(two.Insurer).AcceptTakeOverAsync(Agreement(pending), deadline: Deadline));
        Assert.Equal("ALREADY_ACCEPTED", again.Reason());

        var accepted = await host.Scene.TakeOvers(two.Delegate).AcceptTakeOverAsync(Agreement(takeOver), deadline: Deadline);
        Assert.Equal((State.Accepted, 2), (accepted.State, accepted.Consents.Count));
        var over = await Refusals.ThrownBy(host.Scene.TakeOvers(two.Delegate).RecordLoadAsync(Load(accepted, complete: true), deadline: Deadline));
        Assert.Equal("TAKE_OVER_OVER", over.Reason());
    }

    [PostgresFact]
    public async Task What_is_loaded_anew_takes_the_acceptance_of_a_side_back()
    {
        var (two, takeOver) = await host.Scene.LoadedAsync();
        var pending = await host.Scene.TakeOvers(two.Insurer).AcceptTakeOverAsync(Agreement(takeOver), deadline: Deadline);

        var complete = await host.Scene.TakeOvers(two.Delegate).RecordLoadAsync(Load(pending, complete: true), deadline: Deadline);
        Assert.Equal((false, 0), (complete.Differs, complete.Consents.Count));
        var stale = await Refusals.ThrownBy(host.Scene.TakeOvers(two.Delegate).AcceptTakeOverAsync(Agreement(takeOver), deadline: Deadline));
        Assert.Equal("ETAG_STALE", stale.Reason());

        await host.Scene.TakeOvers(two.Insurer).AcceptTakeOverAsync(Agreement(complete, ""), deadline: Deadline);
        Assert.Equal(State.Accepted, (await host.Scene.TakeOvers(two.Delegate).AcceptTakeOverAsync(Agreement(complete, ""), deadline: Deadline)).State);
    }

    [PostgresFact]
    public async Task One_side_refuses_and_the_lot_is_taken_over_anew()
    {
        var (two, takeOver) = await host.Scene.LoadedAsync();
        var request = new StartTakeOverRequest { ProjectId = takeOver.ProjectId, LotId = takeOver.LotId, Totals = { Total("Bénéficiaires", 1000) } };
        var inProgress = await Refusals.ThrownBy(host.Scene.TakeOvers(two.Insurer).StartTakeOverAsync(request, deadline: Deadline));
        Assert.Equal("TAKE_OVER_IN_PROGRESS", inProgress.Reason());

        var refused = await host.Scene.TakeOvers(two.Delegate).RefuseTakeOverAsync(
            new RefuseTakeOverRequest { ProjectId = takeOver.ProjectId, TakeOverId = takeOver.Id, Reason = "Trop d'écarts.", Etag = takeOver.Etag }, deadline: Deadline);

        Assert.Equal((State.Refused, "Trop d'écarts."), (refused.State, refused.Refusal));
        Assert.Equal(State.Started, (await host.Scene.TakeOvers(two.Insurer).StartTakeOverAsync(request, deadline: Deadline)).State);
    }

    [PostgresFact]
    public async Task No_personal_data_move_before_the_gdpr_terms_are_signed_dry_runs_included()
    {
        var (two, request) = await host.Scene.LotAsync();
        request.DryRun = true;
        host.Contracts.Of(two.DelegationId).Terms.Remove(MinimumTermTopic.SubProcessors);

        var refusal = await Refusals.ThrownBy(host.Scene.TakeOvers(two.Insurer).StartTakeOverAsync(request, deadline: Deadline));
        Assert.Equal((StatusCode.FailedPrecondition, "GDPR_TERMS_REQUIRED"), refusal.Kind());
        Assert.Equal("GDPR_TERMS_SIGNED", refusal.Conditions().Single().Type);

        host.Contracts.Of(two.DelegationId).Terms.Add(MinimumTermTopic.SubProcessors);
        var started = await host.Scene.TakeOvers(two.Insurer).StartTakeOverAsync(request, deadline: Deadline);
        Assert.Contains(started.GdprEvidence, evidence => evidence.Type == "letter");
    }

    [PostgresFact]
    public async Task Nothing_of_a_lot_with_personal_data_is_started_while_contracts_is_away_and_other_lots_are()
    {
        var (two, personal) = await host.Scene.LotAsync();
        var other = await host.Scene.LotAsync(two, personal.ProjectId, personalData: false);
        host.Contracts.IsAway = true;
        try
        {
            var refusal = await Refusals.ThrownBy(host.Scene.TakeOvers(two.Insurer).StartTakeOverAsync(personal, deadline: Deadline));
            Assert.Equal(StatusCode.Unavailable, refusal.StatusCode);
            var started = await host.Scene.TakeOvers(two.Insurer).StartTakeOverAsync(other, deadline: Deadline);
            Assert.Empty(started.GdprEvidence);
        }
        finally
        {
            host.Contracts.IsAway = false;
        }
    }
}
