using Dapper;
using Delegation.Access.V1;
using Delegation.Contracts.V1;
using Delegation.Delivery.V1;
using Delegation.ProjectDelivery.Tests.Committees;
using Delegation.TestKit;
using Delegation.TestKit.Access;
using Google.Protobuf.WellKnownTypes;
using Npgsql;
using static Delegation.ProjectDelivery.Tests.Escalations.PreparingEscalations;
using static Delegation.ProjectDelivery.Tests.Preparing;
using Level = Delegation.Delivery.V1.Escalation.Types.Level;

namespace Delegation.ProjectDelivery.Tests.Escalations;

/// <summary>Who is called upon as time goes by, in the running service with its clock moved.</summary>
public sealed class Calling_upon_the_next_level
{
    // A Friday in Paris, 9 o'clock; 14 July is a Wednesday.
    private const string Friday = "2027-07-09T07:00:00Z";

    [PostgresFact]
    public async Task Contact_deputy_managers_and_executives_follow_each_other_over_a_weekend_and_a_holiday()
    {
        await using var moved = await MovedHost.StartAsync(Friday);
        var (scene, host) = (moved.Host.Scene, moved.Host);
        var two = await scene.DelegationAsync();
        var deputy = await scene.MemberAsync(two.Parties.DelegateId, Side.Delegate, Role.Reporting);
        var manager = await scene.MemberAsync(two.Parties.DelegateId, Side.Delegate, Role.DelegationManager);
        var executive = await scene.MemberAsync(two.Parties.DelegateId, Side.Delegate, Role.Actuary);
        await scene.NameAsync(host.Contracts, two, Named(scene, two.Delegate, deputy));
        var committee = PreparingCommittees.NewCommittee(two.DelegationId);
        (committee.Level, committee.RelaxAfter) = (CommitteeLevel.ExecutiveCommittee, 0);
        committee.Roles.Clear();
        committee.Roles.Add(Role.Actuary);
        await PreparingCommittees.CommitteesAs(scene, two.Delegate).CreateCommitteeAsync(committee, deadline: Deadline);

        // Four business hours for each level.
        var escalation = await RaiseAsync(moved, two);
        await WaitsForAsync(scene, two.Delegate, "escalation.acknowledge");
        await moved.MoveToAsync("2027-07-09T09:30:00Z");
        await ReachAsync(scene, two, escalation, Level.MainContact, events: 2);
        await moved.MoveToAsync("2027-07-09T11:30:00Z");
        await ReachAsync(scene, two, escalation, Level.Deputy, events: 3);
        await WaitsForAsync(scene, deputy, "escalation.acknowledge_as_deputy");
        await moved.MoveToAsync("2027-07-09T15:30:00Z");
        await ReachAsync(scene, two, escalation, Level.DelegationManagers, events: 5);
        await WaitsForAsync(scene, manager, "escalation.acknowledge_as_manager");

        // The managers' clock began on Friday at 17:00; an hour of that day, then three of Monday.
        await moved.MoveToAsync("2027-07-12T09:30:00Z");
        await ReachAsync(scene, two, escalation, Level.DelegationManagers, events: 6);
        await moved.MoveToAsync("2027-07-12T10:30:00Z");
        await ReachAsync(scene, two, escalation, Level.Executives, events: 7);
        await WaitsForAsync(scene, executive, "escalation.acknowledge_as_executive");

        var acknowledged = await EscalationsAs(scene, executive).AcknowledgeEscalationAsync(new AcknowledgeEscalationRequest { EscalationId = escalation.Id }, deadline: Deadline);
        Assert.InRange(acknowledged.AcknowledgeMinutes, 12 * 60 + 28, 12 * 60 + 31);
        foreach (var actor in new[] { two.Delegate, deputy, manager })
            await Eventually.Async(async () => !(await ListAsync(scene, actor)).Any(item => item.Kind.StartsWith("escalation.", StringComparison.Ordinal)));
        host.Logs.AssertNoErrors();
    }

    [PostgresFact]
    public async Task The_deputy_stands_in_from_the_first_day_of_an_absence_that_was_told_before()
    {
        await using var moved = await MovedHost.StartAsync(Friday);
        var (scene, host) = (moved.Host.Scene, moved.Host);
        var two = await scene.DelegationAsync();
        var deputy = await scene.MemberAsync(two.Parties.DelegateId, Side.Delegate, Role.Reporting);
        var named = Named(scene, two.Delegate, deputy);
        named.MainAbsences.Add(new Absence { StartDay = "2027-07-12", EndDay = "2027-07-16" });
        await scene.NameAsync(host.Contracts, two, named);
        await moved.MoveToAsync("2027-07-09T15:59:00Z");

        var escalation = await RaiseAsync(moved, two, Escalation.Types.Severity.Minor);
        await WaitsForAsync(scene, two.Delegate, "escalation.acknowledge");
        await moved.MoveToAsync("2027-07-12T07:30:00Z");
        await WaitsForAsync(scene, deputy, "escalation.acknowledge");
        Assert.Empty(await ListAsync(scene, two.Delegate));
        Assert.Equal(Level.MainContact, (await ReadAsync(scene, two, escalation)).Level);

        await EscalationsAs(scene, deputy).AcknowledgeEscalationAsync(new AcknowledgeEscalationRequest { EscalationId = escalation.Id }, deadline: Deadline);
        host.Logs.AssertNoErrors();
    }

    [PostgresFact]
    public async Task Another_contact_is_called_upon_as_soon_as_Contracts_tells_of_one()
    {
        await using var moved = await MovedHost.StartAsync(Friday);
        var (scene, host) = (moved.Host.Scene, moved.Host);
        var two = await scene.DelegationAsync();
        var successor = await scene.MemberAsync(two.Parties.DelegateId, Side.Delegate, Role.Reporting);
        await scene.NameAsync(host.Contracts, two, Named(scene, two.Delegate));
        var escalation = await RaiseAsync(moved, two);
        await WaitsForAsync(scene, two.Delegate, "escalation.acknowledge");

        await scene.NameAsync(host.Contracts, two, Named(scene, successor), revision: 2);

        await WaitsForAsync(scene, successor, "escalation.acknowledge");
        Assert.Empty(await ListAsync(scene, two.Delegate));
        await EscalationsAs(scene, successor).AcknowledgeEscalationAsync(new AcknowledgeEscalationRequest { EscalationId = escalation.Id }, deadline: Deadline);
        host.Logs.AssertNoErrors();
    }

    [PostgresFact]
    public async Task Whoever_left_the_organisation_is_called_upon_no_more()
    {
        await using var moved = await MovedHost.StartAsync(Friday);
        var (scene, host) = (moved.Host.Scene, moved.Host);
        var two = await scene.DelegationAsync();
        await scene.NameAsync(host.Contracts, two, Named(scene, two.Delegate));

        host.Contracts.Tell(
            new Parties(two.Parties.DelegateId, Guid.Empty, Guid.Empty), new MembershipEnded { PersonId = scene.PersonOf(two.Delegate).ToString() }, "member", Guid.CreateVersion7());
        await Eventually.Async(async () =>
        {
            await using var connection = new NpgsqlConnection(scene.Database.AdminConnectionString);
            return !await connection.ExecuteScalarAsync<bool>(
                "SELECT contacts ? 'mainPersonId' FROM side_contact WHERE delegation_id = @DelegationId", new { two.Parties.DelegationId });
        });

        Assert.Equal(Level.DelegationManagers, (await RaiseAsync(moved, two)).Level);
        host.Logs.AssertNoErrors();
    }

    private static ContactsChanged Named(Scene scene, Actor main, Actor? deputy = null) => new()
    {
        Side = Side.Delegate, MainPersonId = scene.PersonOf(main).ToString(), DeputyPersonId = deputy is null ? "" : scene.PersonOf(deputy).ToString(),
    };

    private static async Task<Escalation> RaiseAsync(MovedHost moved, TwoParties two, Escalation.Types.Severity severity = Escalation.Types.Severity.Major)
    {
        var request = NewEscalation(two.DelegationId);
        request.Severity = severity;
        request.NoticeTime = Timestamp.FromDateTimeOffset(moved.Now.AddHours(-1));
        return await EscalationsAs(moved.Host.Scene, two.Insurer).RaiseEscalationAsync(request, deadline: Deadline);
    }

    private static async Task<Escalation> ReadAsync(Scene scene, TwoParties two, Escalation escalation) =>
        await EscalationsAs(scene, two.Insurer).GetEscalationAsync(new GetEscalationRequest { EscalationId = escalation.Id }, deadline: Deadline);

    // Each reminder and each level is an event, and a revision.
    private static async Task ReachAsync(Scene scene, TwoParties two, Escalation escalation, Level level, int events)
    {
        await using var connection = new NpgsqlConnection(scene.Database.AdminConnectionString);
        await Eventually.Async(async () => await connection.ExecuteScalarAsync<int>(
            "SELECT count(*)::int FROM journal WHERE object_type = 'escalation' AND object_id = @id", new { id = Guid.Parse(escalation.Id) }) >= events);
        Assert.Equal(level, (await ReadAsync(scene, two, escalation)).Level);
        Assert.Equal(events, await connection.ExecuteScalarAsync<int>(
            "SELECT count(*)::int FROM journal WHERE object_type = 'escalation' AND object_id = @id", new { id = Guid.Parse(escalation.Id) }));
    }

    private static Task WaitsForAsync(Scene scene, Actor actor, string kind) =>
        Eventually.Async(async () => (await ListAsync(scene, actor)).Any(item => item.Kind == kind));

    private static async Task<IReadOnlyList<WorkItem>> ListAsync(Scene scene, Actor actor) =>
        (await new Delivery.V1.WorkList.WorkListClient(scene.As(actor)).ListWorkItemsAsync(new ListWorkItemsRequest(), deadline: Deadline)).WorkItems;
}
