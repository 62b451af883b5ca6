using Delegation.Delivery.V1;
using Commitments = Delegation.Delivery.V1.PeriodAssessment.Types.Commitments;

namespace Delegation.ProjectDelivery.Committees;

/// <summary>
/// How often a committee meets, as a rule and not as a number. In the project it follows the phase and the next milestone. In the run it relaxes
/// one step after so many good periods in a row, and then only with the consent of both sides; it tightens at once; it always says why.
/// </summary>
/// <param name="Level">What the committee is for: an executive one is moved by critical and repeated breaches only.</param>
/// <param name="Steps">The steps that the parties agreed, the densest first: the first and the last are its bounds.</param>
/// <param name="RelaxAfter">How many good periods in a row it takes to relax.</param>
internal sealed record CadenceRule(CommitteeLevel Level, IReadOnlyList<CadenceStep> Steps, int RelaxAfter)
{
    /// <summary>A milestone that comes within so many days asks for the densest meetings.</summary>
    public const int MilestoneIsNear = 14;

    /// <summary>A milestone that comes within so many days keeps meetings at the second densest step.</summary>
    public const int MilestoneIsInSight = 60;

    /// <summary>How the run begins, and a committee.</summary>
    public CadenceState Start => new(Steps[0], CadenceReason.Started, GoodPeriods: 0, BreachesInARow: 0);

    /// <summary>In the project. Nobody consents to it: the parties agreed to follow the calendar of the project.</summary>
    /// <param name="phase">How far the project is.</param>
    /// <param name="daysToMilestone">How many days the next milestone is away; null where none is planned.</param>
    public CadenceState InProject(ProjectPhase phase, int? daysToMilestone)
    {
        var (place, reason) = (phase, daysToMilestone) switch
        {
            _ when Level == CommitteeLevel.ExecutiveCommittee => (0, CadenceReason.ProjectPhase),
            (_, <= MilestoneIsNear) => (0, CadenceReason.MilestoneNear),
            (ProjectPhase.Robustness, _) => (0, CadenceReason.ProjectPhase),
            (_, <= MilestoneIsInSight) => (1, CadenceReason.ProjectPhase),
            _ => (2, CadenceReason.ProjectPhase),
        };

        return Start with { Step = Steps[Math.Min(place, Steps.Count - 1)], Reason = reason };
    }

    /// <summary>In the run, after a period.</summary>
    public CadenceState After(CadenceState state, PeriodAssessment period)
    {
        var (news, reason) = NewsOf(period, state.BreachesInARow);
        var breaches = period.Commitments >= Commitments.BeyondTolerance ? state.BreachesInARow + 1 : 0;
        var good = news == News.Good ? state.GoodPeriods + 1 : 0;
        var step = news switch
        {
            News.Critical => Steps[0],
            News.Bad => Steps[Math.Max(0, Place(state) - 1)],
            _ => state.Step,
        };

        var next = new CadenceState(step, reason, good, breaches);
        return news == News.Good && OffersRelaxation(next) ? next with { Reason = CadenceReason.RelaxationOffered } : next;
    }

    /// <summary>Whether the row of good periods is long enough, and there is a sparser step.</summary>
    public bool OffersRelaxation(CadenceState state) => state.GoodPeriods >= RelaxAfter && Place(state) < Steps.Count - 1;

    /// <summary>One step sparser, once both sides consented to what was offered; the row of good periods begins anew.</summary>
    public CadenceState Relax(CadenceState state) => OffersRelaxation(state)
        ? state with { Step = Steps[Place(state) + 1], Reason = CadenceReason.Relaxed, GoodPeriods = 0 }
        : throw new InvalidOperationException("Nothing was offered.");

    /// <summary>Whether a period is good news: that counts only once both sides agree on it, anything else at once.</summary>
    public bool IsGood(CadenceState state, PeriodAssessment period) => NewsOf(period, state.BreachesInARow).News == News.Good;

    private int Place(CadenceState state) => Steps.ToList().IndexOf(state.Step);

    private (News News, CadenceReason Reason) NewsOf(PeriodAssessment period, int breachesBefore) =>
        Level == CommitteeLevel.ExecutiveCommittee ? NewsForExecutives(period, breachesBefore) : period switch
        {
            { Commitments: Commitments.Critical } => (News.Critical, CadenceReason.CriticalBreach),
            { OpenCriticalIncidents: > 0 } => (News.Bad, CadenceReason.CriticalIncidentOpen),
            { Commitments: Commitments.BeyondTolerance } => (News.Bad, CadenceReason.BreachBeyondTolerance),
            { Commitments: Commitments.WithinTolerance } => (News.Neither, CadenceReason.BreachWithinTolerance),
            { OpenCriticalActions: > 0 } => (News.Neither, CadenceReason.CriticalActionOpen),
            _ => (News.Good, CadenceReason.GoodPeriods),
        };

    private static (News News, CadenceReason Reason) NewsForExecutives(PeriodAssessment period, int breachesBefore) => period switch
    {
        { Commitments: Commitments.Critical } => (News.Critical, CadenceReason.CriticalBreach),
        { Commitments: Commitments.BeyondTolerance } when breachesBefore > 0 => (News.Bad, CadenceReason.RepeatedBreach),
        { Commitments: Commitments.BeyondTolerance } => (News.Neither, CadenceReason.BreachBeyondTolerance),
        { OpenAdjustments: > 0 } => (News.Neither, CadenceReason.AdjustmentsOpen),
        _ => (News.Good, CadenceReason.GoodPeriods),
    };

    private enum News
    {
        Good,
        Neither,
        Bad,
        Critical,
    }
}
