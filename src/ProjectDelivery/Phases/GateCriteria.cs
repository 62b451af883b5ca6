using Delegation.Delivery.V1;
using Delegation.ProjectDelivery.Acceptance;
using Delegation.ProjectDelivery.Cutover;
using Delegation.ProjectDelivery.Hypercare.Criteria;
using Delegation.ProjectDelivery.Phases.Criteria;
using Delegation.ProjectDelivery.Scoping.Criteria;
using Delegation.ProjectDelivery.SetUp;

namespace Delegation.ProjectDelivery.Phases;

/// <summary>The table of criteria: what each gate asks for, in the order in which it is shown.</summary>
internal static class GateCriteria
{
    private static readonly Dictionary<ProjectGate, ICriterion[]> Table = new()
    {
        [ProjectGate.ToScoping] = [new TitleToOperate(), new MainContactsNamed(), new ObjectivesSet(), new ActionPlanMade(), new ProjectCommitteeSetUp()],
        [ProjectGate.ToSetUp] =
        [
            new TitleToOperate(), new ScopeValidatedAtScoping(), new QuestionsAnswered(), new NeedsDecided(), new CalendarAgreed(), new DeliverablesValidated(),
        ],
        [ProjectGate.ToRobustness] = [new TitleToOperate(), new GdprTermsSigned(), new ReportCatalogueIsAgreed(), new TestDeliveriesReconciled()],
        [ProjectGate.ToRun] =
        [
            new TitleForOperation(), new GdprTermsSigned(), new AcprInformed(), new MandatoryAnnexesApproved(), new CampaignsAccepted(), new ProjectHomologated(),
            new CutoverGo(), new LotsReconciled(), new HypercareTermsAgreed(),
        ],
        [ProjectGate.ToCruise] =
        [
            new TitleForOperation(), new HypercareTermsAgreed(), new RunObserved(), new FlowsUnderControl(), new ProcessingTimesHeld(), new FirstOperationsChecked(),
            new NoAdjustmentOpen(), new ProjectTeamReleased(),
        ],
        [ProjectGate.ToClosed] = [new ActionsClosed(), new OverridesSettled(), new ExitCompleted()],
    };

    /// <summary>The criteria of a gate.</summary>
    public static IReadOnlyList<ICriterion> Of(ProjectGate gate) => Table[gate];

    /// <summary>The criterion of a code; null where the gate asks for none, or asks for it no more.</summary>
    public static ICriterion? Find(ProjectGate gate, string code) => Array.Find(Table[gate], criterion => criterion.Code == code);
}
