using Delegation.Delivery.V1;
using Delegation.TestKit;
using Delegation.TestKit.Access;
using Google.Protobuf.WellKnownTypes;
using static Delegation.ProjectDelivery.Tests.Committees.PreparingCommittees;
using static Delegation.ProjectDelivery.Tests.Preparing;

namespace Delegation.ProjectDelivery.Tests.Committees;

/// <summary>What stands on the work lists of both sides until one of them does it.</summary>
public sealed class Meetings_that_wait_for_somebody
{
    [PostgresFact]
    public async Task One_that_the_cadence_asks_for_waits_to_be_planned_and_one_that_is_over_for_its_minutes()
    {
        // A Monday in Paris; the committee meets every week.
        await using var moved = await MovedHost.StartAsync("2027-06-07T08:00:00Z");
        var scene = moved.Host.Scene;
        var two = await scene.DelegationAsync();
        var committee = await CommitteesAs(scene, two.Insurer).CreateCommitteeAsync(NewCommittee(two.DelegationId), deadline: Deadline);
        Assert.Equal("2027-06-14", committee.Cadence.NextMeetingDay);

        await moved.MoveToAsync("2027-06-08T08:00:00Z");
        foreach (var actor in new[] { two.Insurer, two.Delegate })
            await UntilAsync(scene, actor, items => items is [{ Kind: "meeting.plan", DueDay: "2027-06-14", Late: false }]);

        var planning = NewMeeting(committee.Id);
        planning.StartTime = Timestamp.FromDateTimeOffset(DateTimeOffset.Parse("2027-06-11T08:00:00Z"));
        var meeting = await Meetings(scene, two.Delegate).PlanMeetingAsync(planning, deadline: Deadline);
        foreach (var actor in new[] { two.Insurer, two.Delegate })
            await UntilAsync(scene, actor, items => items.Count == 0);

        await moved.MoveToAsync("2027-06-12T08:00:00Z");
        foreach (var actor in new[] { two.Insurer, two.Delegate })
            await UntilAsync(scene, actor, items => items.Any(item => item.Kind == "minutes.write" && item.DueDay == "2027-06-18" && item.ObjectId == meeting.Id));

        await Meetings(scene, two.Insurer).RecordMinutesAsync(NewMinutes(meeting), deadline: Deadline);
        await UntilAsync(scene, two.Insurer, items => items.All(item => item.Kind != "minutes.write"));
        await UntilAsync(scene, two.Delegate, items => items.Any(item => item.Kind == "minutes.confirm"));
        moved.Host.Logs.AssertNoErrors();
    }

    private static Task UntilAsync(Scene scene, Actor actor, Func<IReadOnlyList<WorkItem>, bool> holds) => Eventually.Async(async () =>
        holds((await new Delivery.V1.WorkList.WorkListClient(scene.As(actor)).ListWorkItemsAsync(new ListWorkItemsRequest(), deadline: Deadline)).WorkItems));
}
