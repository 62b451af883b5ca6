using Dapper;
using Delegation.Access.V1;
using Delegation.Contracts.V1;
using Delegation.Delivery.V1;
using Delegation.TestKit;
using Delegation.TestKit.Access;
using Delegation.TestKit.Errors;
using Grpc.Core;
using Npgsql;
using static Delegation.ProjectDelivery.Tests.Preparing;
using CriterionState = Delegation.Delivery.V1.GateCriterion.Types.State;
using State = Delegation.Delivery.V1.Gate.Types.State;

namespace Delegation.ProjectDelivery.Tests.Phases;

/// <summary>A gate is passed by both sides, on the same evidence, and only while nothing is missing.</summary>
public sealed class Passing_gates(DeliveryHost host) : IClassFixture<DeliveryHost>, IDisposable
{
    public void Dispose()
    {
        host.Contracts.IsAway = false;
        host.Logs.AssertNoErrors();
    }

    [PostgresFact]
    public async Task The_first_side_waits_and_the_second_moves_the_project_to_its_next_phase()
    {
        var (two, project) = await host.Scene.LaunchedAsync();

        var pending = await host.Scene.PassAsync(two.Delegate, project.Id);
        Assert.Equal((State.Pending, Side.Insurer), (pending.State, pending.AwaitedSides.Single()));
        Assert.Equal(ProjectPhase.Launch, (await ProjectAsync(two, project)).Phase);

        var passed = await host.Scene.PassAsync(two.Insurer, project.Id);
        Assert.Equal((State.Passed, 2), (passed.State, passed.Passes.Count));
        Assert.Empty(passed.AwaitedSides);
        Assert.Equal(ProjectPhase.Scoping, (await ProjectAsync(two, project)).Phase);
        Assert.Equal(ProjectGate.ToSetUp, (await host.Scene.GateAsync(two.Insurer, project.Id)).Gate_);
    }

    [PostgresFact]
    public async Task A_passed_gate_keeps_the_evidence_of_then()
    {
        var (two, project) = await host.Scene.LaunchedAsync();
        await host.Scene.BothPassAsync(two, project.Id);
        host.Contracts.Of(two.DelegationId).HasContacts = false;

        var gate = await host.Scene.GateAsync(two.Delegate, project.Id, ProjectGate.ToScoping);

        var contacts = Assert.Single(gate.Criteria, criterion => criterion.Code == "MAIN_CONTACTS_NAMED");
        Assert.Equal((CriterionState.Met, "Claire Martin and Karim Benali.", "contracts"), (contacts.State, contacts.Found, contacts.AnsweredBy));
        Assert.Equal(("contacts", two.DelegationId, "True"), contacts.Evidence.Select(answered => (answered.Type, answered.Id, answered.Revision)).Single());
        Assert.Equal([Side.Insurer, Side.Delegate], gate.Passes.Select(pass => pass.Side));
    }

    [PostgresFact]
    public async Task A_gate_that_lacks_something_is_shut_and_says_what_is_missing_in_both_languages()
    {
        var (two, project) = await host.Scene.ProjectAsync();
        host.Contracts.Breaches[two.DelegationId] = TitleBreach.LetterExpired;

        var gate = await host.Scene.GateAsync(two.Insurer, project.Id);
        Assert.Equal((State.Shut, CriterionState.Unmet), (gate.State, gate.Criteria[0].State));

        var english = await Refusals.ThrownBy(host.Scene.Gates(two.Insurer).PassGateAsync(PreparingGates.Passing(gate), deadline: Deadline));
        Assert.Equal((StatusCode.FailedPrecondition, "GATE_SHUT"), english.Kind());
        Assert.Equal(
            ["TITLE_TO_OPERATE", "OBJECTIVES_SET", "ACTION_PLAN_MADE", "PROJECT_COMMITTEE_SET_UP"], english.Conditions().Select(condition => condition.Subject));
        Assert.Equal("A title to operate covers today: The letter of engagement has expired.", english.Conditions()[0].Description);

        var french = await Refusals.ThrownBy(host.Scene.Gates(two.Insurer).PassGateAsync(
            PreparingGates.Passing(gate), new Metadata { { "accept-language", "fr" } }, deadline: Deadline));
        Assert.Equal("Un titre à opérer couvre la date du jour : La lettre d'engagement est expirée.", french.Conditions()[0].Description);
    }

    [PostgresFact]
    public async Task While_Contracts_is_away_its_criteria_are_not_answered_the_gate_stays_shut_and_nothing_is_written()
    {
        var (two, project) = await host.Scene.LaunchedAsync();
        var open = await host.Scene.GateAsync(two.Insurer, project.Id);
        host.Contracts.IsAway = true;
        var before = await WrittenAsync(two);

        var gate = await host.Scene.GateAsync(two.Insurer, project.Id);
        Assert.Equal(
            [CriterionState.NotAnswered, CriterionState.NotAnswered, CriterionState.Met, CriterionState.Met, CriterionState.Met], gate.Criteria.Select(criterion => criterion.State));

        var refused = await Refusals.ThrownBy(host.Scene.Gates(two.Insurer).PassGateAsync(PreparingGates.Passing(open), deadline: Deadline));
        Assert.Equal("GATE_SHUT", refused.Reason());
        Assert.All(refused.Conditions(), condition => Assert.Equal("CRITERION_NOT_ANSWERED", condition.Type));
        Assert.Equal(before, await WrittenAsync(two));
    }

    [PostgresFact]
    public async Task A_criterion_that_is_unmet_by_the_second_call_shuts_the_gate()
    {
        var (two, project) = await host.Scene.LaunchedAsync();
        await host.Scene.PassAsync(two.Insurer, project.Id);
        var read = await host.Scene.GateAsync(two.Delegate, project.Id);
        host.Contracts.Of(two.DelegationId).HasContacts = false;

        var refused = await Refusals.ThrownBy(host.Scene.Gates(two.Delegate).PassGateAsync(PreparingGates.Passing(read), deadline: Deadline));

        Assert.Equal(("GATE_SHUT", "MAIN_CONTACTS_NAMED"), (refused.Reason(), refused.Conditions().Single().Subject));
        Assert.Equal(ProjectPhase.Launch, (await ProjectAsync(two, project)).Phase);
    }

    [PostgresFact]
    public async Task On_other_evidence_the_second_side_is_the_first_again_and_an_old_reading_counts_for_nothing()
    {
        var (two, project) = await host.Scene.LaunchedAsync();
        var old = await host.Scene.GateAsync(two.Insurer, project.Id);
        await host.Scene.PassAsync(two.Insurer, project.Id);
        await new Goals.GoalsClient(host.Scene.As(two.Insurer)).CreateGoalAsync(
            new CreateGoalRequest { ProjectId = project.Id, Kind = Goal.Types.Kind.Objective, Title = "Tenir les délais" }, deadline: Deadline);

        Assert.Equal(StatusCode.Aborted, (await Refusals.ThrownBy(host.Scene.Gates(two.Delegate).PassGateAsync(PreparingGates.Passing(old), deadline: Deadline))).StatusCode);
        var pending = await host.Scene.PassAsync(two.Delegate, project.Id);
        Assert.Equal((State.Pending, Side.Insurer), (pending.State, pending.AwaitedSides.Single()));
        Assert.Equal(State.Passed, (await host.Scene.PassAsync(two.Insurer, project.Id)).State);
    }

    [PostgresFact]
    public async Task Of_many_calls_at_once_one_is_the_first_and_one_the_second()
    {
        var (two, project) = await host.Scene.LaunchedAsync();
        var request = PreparingGates.Passing(await host.Scene.GateAsync(two.Insurer, project.Id));

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(async place =>
        {
            try
            {
                return (await host.Scene.Gates(place % 2 == 0 ? two.Insurer : two.Delegate).PassGateAsync(request, deadline: Deadline)).State.ToString();
            }
            catch (RpcException refused)
            {
                return refused.Reason();
            }
        }));

        Assert.Equal((1, 1), (answers.Count(answer => answer == nameof(State.Pending)), answers.Count(answer => answer == nameof(State.Passed))));
        Assert.All(answers.Except([nameof(State.Pending), nameof(State.Passed)]), answer => Assert.Contains(answer, new[] { "GATE_ALREADY_PASSED", "GATE_NOT_NEXT" }));
        Assert.Equal(ProjectPhase.Scoping, (await ProjectAsync(two, project)).Phase);
    }

    [PostgresFact]
    public async Task No_gate_is_skipped_or_passed_twice_by_one_side()
    {
        var (two, project) = await host.Scene.LaunchedAsync();
        var ahead = await host.Scene.GateAsync(two.Insurer, project.Id, ProjectGate.ToRun);
        Assert.Equal(State.Ahead, ahead.State);

        Assert.Equal("GATE_NOT_NEXT", (await Refusals.ThrownBy(host.Scene.Gates(two.Insurer).PassGateAsync(PreparingGates.Passing(ahead), deadline: Deadline))).Reason());
        await host.Scene.PassAsync(two.Insurer, project.Id);
        var again = await Refusals.ThrownBy(host.Scene.Gates(two.Insurer).PassGateAsync(
            PreparingGates.Passing(await host.Scene.GateAsync(two.Insurer, project.Id)), deadline: Deadline));
        Assert.Equal("GATE_ALREADY_PASSED", again.Reason());
    }

    [PostgresFact]
    public async Task What_one_side_passed_waits_on_the_other_sides_list()
    {
        var (two, project) = await host.Scene.LaunchedAsync();
        await host.Scene.PassAsync(two.Insurer, project.Id);

        await Eventually.Async(async () => (await WorkAsync(two.Delegate)).Any(item => item.Kind == "gate.pass"));
        Assert.DoesNotContain(await WorkAsync(two.Insurer), item => item.Kind == "gate.pass");

        await host.Scene.PassAsync(two.Delegate, project.Id);
        await Eventually.Async(async () => (await WorkAsync(two.Delegate)).All(item => item.Kind != "gate.pass"));
    }

    [PostgresFact]
    public async Task A_project_goes_through_all_gates_to_its_end_and_its_committees_follow_the_phase()
    {
        var (two, project) = await host.Scene.LaunchedAsync();
        var committee = (await new Delivery.V1.Committees.CommitteesClient(host.Scene.As(two.Insurer)).ListCommitteesAsync(
            new ListCommitteesRequest { DelegationId = two.DelegationId }, deadline: Deadline)).Committees.Single();
        var seen = new List<(ProjectPhase, RunStage, CadenceReason)>();

        foreach (var gate in Enum.GetValues<ProjectGate>().Where(gate => gate != ProjectGate.Unspecified))
        {
            await host.Scene.GoThroughAsync(two, project.Id, gate);
            var (now, cadence) = (await ProjectAsync(two, project), (await Committees.PreparingCommittees.ReadAsync(host.Scene, two.Insurer, committee.Id)).Cadence);
            seen.Add((now.Phase, now.RunStage, cadence.Reason));
        }

        Assert.Equal(
            [
                (ProjectPhase.Scoping, RunStage.Unspecified, CadenceReason.ProjectPhase),
                (ProjectPhase.SetUp, RunStage.Unspecified, CadenceReason.ProjectPhase),
                (ProjectPhase.Robustness, RunStage.Unspecified, CadenceReason.ProjectPhase),
                (ProjectPhase.Run, RunStage.Hypercare, CadenceReason.Started),
                (ProjectPhase.Run, RunStage.Cruise, CadenceReason.Started),
                (ProjectPhase.Closed, RunStage.Cruise, CadenceReason.Started),
            ],
            seen);
        var gates = (await host.Scene.Gates(two.Delegate).ListGatesAsync(new ListGatesRequest { ProjectId = project.Id }, deadline: Deadline)).Gates;
        Assert.All(gates, gate => Assert.Equal(State.Passed, gate.State));
        Assert.Equal("PROJECT_CLOSED", (await Refusals.ThrownBy(host.Scene.Gates(two.Delegate).GetGateAsync(new GetGateRequest { ProjectId = project.Id }, deadline: Deadline))).Reason());
    }

    [PostgresFact]
    public async Task A_project_is_closed_when_its_delegation_has_ended_and_then_by_the_insurer_alone()
    {
        var (two, project) = await host.Scene.LaunchedAsync();
        var exit = host.Contracts.Of(two.DelegationId).Exit!;
        (exit.State, exit.Phase, exit.Etag) = (ExitState.Open, ExitPhase.RunOff, "\"run-off\"");
        await host.Scene.GoThroughAsync(two, project.Id, ProjectGate.ToCruise);
        await CloseActionsAsync(two);
        var shut = await host.Scene.GateAsync(two.Delegate, project.Id);
        Assert.Equal((State.Shut, "EXIT_COMPLETED"), (shut.State, shut.Criteria.Single(criterion => criterion.Code == "EXIT_COMPLETED" && criterion.State == CriterionState.Unmet).Code));

        (exit.State, exit.Phase, exit.Etag) = (ExitState.Closed, ExitPhase.Closure, "\"closed\"");
        await host.Scene.EndAsync(two);

        var open = await host.Scene.GateAsync(two.Insurer, project.Id);
        Assert.Equal((State.Open, Side.Insurer), (open.State, Assert.Single(open.AwaitedSides)));
        var passed = await host.Scene.PassAsync(two.Insurer, project.Id);
        Assert.Equal((State.Passed, Side.Insurer), (passed.State, Assert.Single(passed.Passes).Side));
        Assert.Equal(ProjectPhase.Closed, (await ProjectAsync(two, project)).Phase);
        Assert.Equal("PROJECT_NOT_FOUND", (await Refusals.ThrownBy(host.Scene.Gates(two.Delegate).GetGateAsync(new GetGateRequest { ProjectId = project.Id }, deadline: Deadline))).Reason());
    }

    [PostgresFact]
    public async Task A_look_at_all_gates_needs_a_bounded_number_of_statements_and_asks_Contracts_each_question_once()
    {
        var (two, project) = await host.Scene.LaunchedAsync();
        var asked = host.Contracts.Asked.Count;

        using var statements = new StatementRecorder();
        await host.Scene.Gates(two.Insurer).ListGatesAsync(new ListGatesRequest { ProjectId = project.Id }, deadline: Deadline);

        Assert.Equal(1, host.Contracts.Asked.Count - asked);
        string[] tables = ["gate", "gate_criterion", "gate_override", "goal", "action", "committee"];
        var looks = tables.Select(table => (table, statements.Of(host.Database.Name).Count(sql => sql.Contains($"FROM {table}\nWHERE", StringComparison.Ordinal) || sql.Contains($"FROM {table} WHERE", StringComparison.Ordinal))));
        Assert.Equal([("gate", 1), ("gate_criterion", 1), ("gate_override", 2), ("goal", 1), ("action", 2), ("committee", 1)], looks);
    }

    private async Task CloseActionsAsync(TwoParties two)
    {
        await using var administrator = new NpgsqlConnection(host.Database.AdminConnectionString);
        await administrator.ExecuteAsync("UPDATE action SET state = 'done' WHERE owner_id = @OwnerId; UPDATE gate_override SET state = 'settled', end_time = confirm_time WHERE owner_id = @OwnerId", two.Parties);
    }

    private async Task<(long Entries, long Gates)> WrittenAsync(TwoParties two)
    {
        await using var administrator = new NpgsqlConnection(host.Database.AdminConnectionString);
        return await administrator.QuerySingleAsync<(long, long)>(
            "SELECT (SELECT count(*) FROM journal WHERE owner_id = @OwnerId), (SELECT count(*) FROM gate WHERE owner_id = @OwnerId)",
            two.Parties);
    }

    private async Task<Project> ProjectAsync(TwoParties two, Project project) =>
        await new Delivery.V1.Projects.ProjectsClient(host.Scene.As(two.Insurer)).GetProjectAsync(new GetProjectRequest { ProjectId = project.Id }, deadline: Deadline);

    private async Task<IReadOnlyList<WorkItem>> WorkAsync(Actor actor) =>
        (await new Delivery.V1.WorkList.WorkListClient(host.Scene.As(actor)).ListWorkItemsAsync(new ListWorkItemsRequest(), deadline: Deadline)).WorkItems;
}
