using Delegation.Contracts.V1;
using Delegation.Delivery.V1;
using Delegation.TestKit;
using Google.Protobuf.WellKnownTypes;
using State = Delegation.Delivery.V1.GateCriterion.Types.State;

namespace Delegation.ProjectDelivery.Tests.Phases;

/// <summary>Criteria that Contracts answers, asked in the name of the caller.</summary>
public sealed class What_gates_ask_of_Contracts(DeliveryHost host) : IClassFixture<DeliveryHost>, IDisposable
{
    public void Dispose() => host.Logs.AssertNoErrors();

    [PostgresFact]
    public async Task All_of_them_are_met_when_all_is_well()
    {
        var (two, project) = await host.Scene.ProjectAsync();
        var gates = (await host.Scene.Gates(two.Delegate).ListGatesAsync(new ListGatesRequest { ProjectId = project.Id }, deadline: Preparing.Deadline)).Gates;

        var asked = gates.SelectMany(gate => gate.Criteria).Where(criterion => criterion.AnsweredBy == "contracts").ToArray();

        Assert.All(asked, criterion => Assert.Equal((criterion.Code, State.Met), (criterion.Code, criterion.State)));
        Assert.All(asked, criterion => Assert.NotEmpty(criterion.Evidence));
        Assert.All(asked, criterion => Assert.NotEqual("", criterion.Found));
        var call = host.Contracts.Asked.Last(question => question.Request.DelegationId == two.DelegationId);
        Assert.Equal($"Bearer {host.Issuer.Token(two.Delegate.Subject)}".Length, call.Headers.GetValue("authorization")!.Length);
    }

    [PostgresTheory]
    [InlineData(ProjectGate.ToScoping, "MAIN_CONTACTS_NAMED", "contacts", "The delegate has named none.")]
    [InlineData(ProjectGate.ToSetUp, "SCOPE_VALIDATED_AT_SCOPING", "conclusion", "Version 2 was validated at conclusion, and none at scoping.")]
    [InlineData(ProjectGate.ToSetUp, "SCOPE_VALIDATED_AT_SCOPING", "undecided", "Lines to be decided in version 2: 3.")]
    [InlineData(ProjectGate.ToRobustness, "GDPR_TERMS_SIGNED", "article 28", "The letter lacks 1 terms of GDPR article 28.")]
    [InlineData(ProjectGate.ToRun, "TITLE_FOR_OPERATION", "uncovered", "Lines of the scope without title: RAT.")]
    [InlineData(ProjectGate.ToRun, "TITLE_FOR_OPERATION", "article 28", "The letter lacks 1 minimum terms.")]
    [InlineData(ProjectGate.ToRun, "ACPR_INFORMED", "withdrawn", "The activity is critical or important, and no evidence shows that the ACPR was informed.")]
    [InlineData(ProjectGate.ToRun, "ACPR_INFORMED", "later", "The activity is critical or important, and no evidence shows that the ACPR was informed.")]
    [InlineData(ProjectGate.ToRun, "MANDATORY_ANNEXES_APPROVED", "annexes", "Not approved: business continuity plan.")]
    [InlineData(ProjectGate.ToClosed, "EXIT_COMPLETED", "no exit", "No exit was triggered.")]
    [InlineData(ProjectGate.ToClosed, "EXIT_COMPLETED", "called off", "No exit was triggered.")]
    [InlineData(ProjectGate.ToClosed, "EXIT_COMPLETED", "run-off", "The exit goes on, in the phase run_off.")]
    public async Task What_is_not_so_is_found(ProjectGate gate, string criterion, string change, string found)
    {
        var (two, project) = await host.Scene.ProjectAsync();
        var evidence = host.Contracts.Of(two.DelegationId);
        System.Action make = change switch
        {
            "contacts" => () => evidence.HasContacts = false,
            "conclusion" => () => evidence.ScopeOccasion = ScopeOccasion.Conclusion,
            "undecided" => () => evidence.UndecidedLines = 3,
            "article 28" => () => evidence.Terms.Remove(MinimumTermTopic.SubProcessors),
            "uncovered" => () => evidence.UncoveredActivities = ["RAT"],
            "withdrawn" => () => evidence.AcprNotification.WithdrawTime = Timestamp.FromDateTime(DateTime.UtcNow),
            "no exit" => () => evidence.Exit = null,
            "called off" => () => evidence.Exit!.State = ExitState.CalledOff,
            "run-off" => () => (evidence.Exit!.State, evidence.Exit.Phase) = (ExitState.Open, ExitPhase.RunOff),
            "later" => () => evidence.AcprNotification.StartDay = "2199-01-01",
            _ => () => evidence.HasAnnexes = false,
        };
        make();

        var answer = (await host.Scene.GateAsync(two.Insurer, project.Id, gate)).Criteria.Single(listed => listed.Code == criterion);

        Assert.Equal((State.Unmet, found), (answer.State, answer.Found));
    }

    [PostgresFact]
    public async Task The_ACPR_needs_no_information_of_what_is_not_critical()
    {
        var (two, project) = await host.Scene.ProjectAsync();
        host.Contracts.Of(two.DelegationId).IsCritical = false;
        host.Contracts.Of(two.DelegationId).AcprNotification.StartDay = "2199-01-01";

        var answer = (await host.Scene.GateAsync(two.Insurer, project.Id, ProjectGate.ToRun)).Criteria.Single(criterion => criterion.Code == "ACPR_INFORMED");

        Assert.Equal((State.Met, "The activity is neither critical nor important."), (answer.State, answer.Found));
    }
}
