using Delegation.Access.V1;
using Delegation.Delivery.V1;
using Delegation.TestKit;
using Delegation.TestKit.Errors;
using Grpc.Core;
using static Delegation.ProjectDelivery.Tests.Escalations.PreparingEscalations;
using static Delegation.ProjectDelivery.Tests.Preparing;

namespace Delegation.ProjectDelivery.Tests.Escalations;

public sealed class Terms_of_both_sides(DeliveryHost host) : IClassFixture<DeliveryHost>, IDisposable
{
    public void Dispose() => host.Logs.AssertNoErrors();

    [PostgresFact]
    public async Task Other_times_hold_once_both_sides_agreed_and_for_what_is_raised_from_then_on()
    {
        var (two, proposed) = await host.Scene.ProposalAsync();
        Assert.Equal((4, 3, Side.Insurer), (proposed.Hours.Major, proposed.Proposed.Major, proposed.ProposedBy));
        var before = await EscalationsAs(host.Scene, two.Insurer).RaiseEscalationAsync(NewEscalation(two.DelegationId), deadline: Deadline);
        Assert.Equal(4, before.AgreedHours);

        var own = await Refusals.ThrownBy(Terms(host.Scene, two.Insurer).AgreeEscalationTermsAsync(Agreeing(proposed), deadline: Deadline));
        var agreed = await Terms(host.Scene, two.Delegate).AgreeEscalationTermsAsync(Agreeing(proposed), deadline: Deadline);
        var again = await Refusals.ThrownBy(Terms(host.Scene, two.Delegate).AgreeEscalationTermsAsync(Agreeing(agreed), deadline: Deadline));

        Assert.Equal((NewHours(), null, true), (agreed.Hours, agreed.Proposed, agreed.AgreeTime is not null));
        Assert.Equal(["OWN_PROPOSAL", "NOTHING_PROPOSED"], [own.Reason(), again.Reason()]);
        Assert.Equal(3, (await EscalationsAs(host.Scene, two.Insurer).RaiseEscalationAsync(NewEscalation(two.DelegationId), deadline: Deadline)).AgreedHours);
        Assert.Equal(4, (await EscalationsAs(host.Scene, two.Insurer).GetEscalationAsync(
            new GetEscalationRequest { EscalationId = before.Id }, deadline: Deadline)).AgreedHours);
    }

    [PostgresFact]
    public async Task Another_proposal_takes_back_what_the_other_side_was_about_to_agree_to()
    {
        var (two, proposed) = await host.Scene.ProposalAsync();
        var other = new ProposeEscalationTermsRequest
        {
            DelegationId = two.DelegationId, Hours = new AcknowledgementHours { Critical = 2, Major = 9, Minor = 27 }, Etag = proposed.Etag,
        };

        var replaced = await Terms(host.Scene, two.Insurer).ProposeEscalationTermsAsync(other, deadline: Deadline);
        var stale = await Refusals.ThrownBy(Terms(host.Scene, two.Delegate).AgreeEscalationTermsAsync(Agreeing(proposed), deadline: Deadline));

        Assert.Equal((4, 9), (replaced.Hours.Major, replaced.Proposed.Major));
        Assert.Equal("ETAG_STALE", stale.Reason());
    }

    [PostgresFact]
    public async Task A_proposal_waits_for_the_delegation_manager_of_the_other_side()
    {
        var (two, proposed) = await host.Scene.ProposalAsync();

        await WaitsAsync(two.Delegate, 1);
        Assert.Equal(0, await CountAsync(two.Insurer));
        await Terms(host.Scene, two.Delegate).AgreeEscalationTermsAsync(Agreeing(proposed), deadline: Deadline);
        await WaitsAsync(two.Delegate, 0);

        Task WaitsAsync(TestKit.Access.Actor actor, int count) => Eventually.Async(async () => await CountAsync(actor) == count);
        async Task<int> CountAsync(TestKit.Access.Actor actor) => (await new Delivery.V1.WorkList.WorkListClient(host.Scene.As(actor)).ListWorkItemsAsync(
            new ListWorkItemsRequest(), deadline: Deadline)).WorkItems.Count(item => item.Kind == "escalation_terms.agree");
    }

    [PostgresFact]
    public async Task Of_two_proposals_at_once_one_is_told_to_read_again()
    {
        var two = await host.Scene.DelegationAsync(Role.DelegationManager);
        var terms = await Terms(host.Scene, two.Insurer).GetEscalationTermsAsync(new GetEscalationTermsRequest { DelegationId = two.DelegationId }, deadline: Deadline);
        var request = new ProposeEscalationTermsRequest { DelegationId = two.DelegationId, Hours = NewHours(), Etag = terms.Etag };

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(async i =>
        {
            try
            {
                await Terms(host.Scene, i % 2 == 0 ? two.Insurer : two.Delegate).ProposeEscalationTermsAsync(request, deadline: Deadline);
                return "";
            }
            catch (RpcException refusal)
            {
                return refusal.Reason();
            }
        }));

        Assert.Equal(["", "ETAG_STALE", "ETAG_STALE", "ETAG_STALE", "ETAG_STALE", "ETAG_STALE"], answers.Order());
    }

    [PostgresTheory]
    [InlineData(0, 4, 9, "hours.critical:HOURS_OUT_OF_RANGE")]
    [InlineData(2, 46, 90, "hours.major:HOURS_OUT_OF_RANGE")]
    [InlineData(2, 4, 91, "hours.minor:HOURS_OUT_OF_RANGE")]
    [InlineData(9, 4, 9, "hours:HOURS_NOT_ORDERED")]
    [InlineData(2, 9, 4, "hours:HOURS_NOT_ORDERED")]
    public async Task Times_have_bounds(int critical, int major, int minor, string violation)
    {
        var (two, proposed) = await host.Scene.ProposalAsync();
        var refusal = await Refusals.ThrownBy(Terms(host.Scene, two.Insurer).ProposeEscalationTermsAsync(
            new ProposeEscalationTermsRequest
            {
                DelegationId = two.DelegationId, Hours = new AcknowledgementHours { Critical = critical, Major = major, Minor = minor }, Etag = proposed.Etag,
            },
            deadline: Deadline));

        Assert.Equal([violation], refusal.Violations().Select(found => $"{found.Field}:{found.Reason}"));
    }

    private static AgreeEscalationTermsRequest Agreeing(AcknowledgementTerms terms) => new() { DelegationId = terms.DelegationId, Etag = terms.Etag };
}
