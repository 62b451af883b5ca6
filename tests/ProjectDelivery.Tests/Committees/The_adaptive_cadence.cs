using Delegation.Delivery.V1;
using Delegation.ProjectDelivery.Committees;
using FsCheck;
using FsCheck.Fluent;
using Commitments = Delegation.Delivery.V1.PeriodAssessment.Types.Commitments;

namespace Delegation.ProjectDelivery.Tests.Committees;

public sealed class The_adaptive_cadence
{
    private static readonly CadenceStep[] All =
        [CadenceStep.Weekly, CadenceStep.Fortnightly, CadenceStep.Monthly, CadenceStep.Quarterly, CadenceStep.HalfYearly, CadenceStep.Yearly];

    private static readonly CadenceRule Operational = new(CommitteeLevel.OperationalCommittee, All[..4], RelaxAfter: 3);

    private static readonly CadenceRule Executive = new(CommitteeLevel.ExecutiveCommittee, [CadenceStep.Quarterly, CadenceStep.Yearly], RelaxAfter: 1);

    private static readonly Gen<CadenceRule> Rules =
        from level in Gen.Choose(1, 6)
        from steps in Gen.SubListOf(All).Where(steps => steps.Count > 0)
        from relaxAfter in Gen.Choose(1, 5)
        select new CadenceRule((CommitteeLevel)level, steps.Order().ToArray(), relaxAfter);

    // Good more often than not: a relation that never relaxes shows little.
    private static readonly Gen<PeriodAssessment> Periods =
        from commitments in Gen.Frequency((12, Gen.Constant(Commitments.Met)), (2, Gen.Constant(Commitments.WithinTolerance)),
            (2, Gen.Constant(Commitments.BeyondTolerance)), (1, Gen.Constant(Commitments.Critical)))
        from actions in Gen.Frequency((9, Gen.Constant(0)), (1, Gen.Choose(1, 3)))
        from incidents in Gen.Frequency((12, Gen.Constant(0)), (1, Gen.Choose(1, 2)))
        from adjustments in Gen.Frequency((3, Gen.Constant(0)), (1, Gen.Choose(1, 4)))
        select new PeriodAssessment
        {
            Commitments = commitments, OpenCriticalActions = actions, OpenCriticalIncidents = incidents, OpenAdjustments = adjustments,
        };

    // What happens at one meeting: the period before it, and who of both sides confirms what is offered.
    private static readonly Gen<(PeriodAssessment Period, bool Insurer, bool Delegate)> Meetings =
        from period in Periods
        from insurer in Gen.Elements(true, true, false)
        from other in Gen.Elements(true, true, false)
        select (period, insurer, other);

    [Fact]
    public void Over_three_years_it_stays_in_bounds_relaxes_only_on_the_rule_and_tightens_within_a_cycle() => Prop.ForAll(
        Rules.Zip(Meetings.ArrayOf(160)).ToArbitrary(),
        drawn => LivesThrough(drawn.Item1, drawn.Item2)).Check(Config.QuickThrowOnFailure.WithMaxTest(10_000));

    [Fact]
    public void Good_news_never_tightens_and_bad_news_never_relaxes() => Prop.ForAll(
        Rules.Zip(Periods).Zip(Gen.Choose(0, 5)).ToArbitrary(),
        drawn =>
        {
            var ((rule, period), place) = drawn;
            var state = rule.Start with { Step = rule.Steps[place % rule.Steps.Count] };
            var after = rule.After(state, period);
            return rule.IsGood(state, period) ? after.Step == state.Step : after.Step <= state.Step && after.GoodPeriods == 0;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void An_executive_committee_becomes_yearly_once_no_adjustment_is_open_and_quarterly_again_on_a_critical_or_repeated_breach()
    {
        var adjusting = Executive.After(Executive.Start, new PeriodAssessment { Commitments = Commitments.Met, OpenAdjustments = 2 });
        Assert.Equal((CadenceStep.Quarterly, CadenceReason.AdjustmentsOpen, false), (adjusting.Step, adjusting.Reason, Executive.OffersRelaxation(adjusting)));

        var yearly = Executive.Relax(Executive.After(adjusting, new PeriodAssessment { Commitments = Commitments.Met }));
        Assert.Equal(CadenceStep.Yearly, yearly.Step);

        var breach = new PeriodAssessment { Commitments = Commitments.BeyondTolerance };
        var once = Executive.After(yearly, breach);
        Assert.Equal((CadenceStep.Yearly, CadenceReason.BreachBeyondTolerance), (once.Step, once.Reason));
        Assert.Equal((CadenceStep.Quarterly, CadenceReason.RepeatedBreach), (Executive.After(once, breach).Step, Executive.After(once, breach).Reason));
        Assert.Equal(CadenceStep.Quarterly, Executive.After(yearly, new PeriodAssessment { Commitments = Commitments.Critical }).Step);
    }

    [Fact]
    public void A_breach_tightens_an_operational_committee_one_step_and_a_critical_one_all_the_way()
    {
        var monthly = Operational.Start with { Step = CadenceStep.Monthly };

        Assert.Equal(CadenceStep.Fortnightly, Operational.After(monthly, new PeriodAssessment { Commitments = Commitments.BeyondTolerance }).Step);
        Assert.Equal(CadenceStep.Weekly, Operational.After(monthly, new PeriodAssessment { Commitments = Commitments.Critical }).Step);
    }

    [Theory]
    [InlineData(ProjectPhase.Launch, null, CadenceStep.Monthly, CadenceReason.ProjectPhase)]
    [InlineData(ProjectPhase.Scoping, 60, CadenceStep.Fortnightly, CadenceReason.ProjectPhase)]
    [InlineData(ProjectPhase.SetUp, 14, CadenceStep.Weekly, CadenceReason.MilestoneNear)]
    [InlineData(ProjectPhase.SetUp, -3, CadenceStep.Weekly, CadenceReason.MilestoneNear)]
    [InlineData(ProjectPhase.Robustness, null, CadenceStep.Weekly, CadenceReason.ProjectPhase)]
    public void In_the_project_it_follows_the_phase_and_the_next_milestone(ProjectPhase phase, int? daysToMilestone, CadenceStep step, CadenceReason reason)
    {
        var state = Operational.InProject(phase, daysToMilestone);

        Assert.Equal((step, reason), (state.Step, state.Reason));
        Assert.Equal(CadenceStep.Quarterly, Executive.InProject(phase, daysToMilestone).Step);
    }

    [Fact]
    public void What_was_not_offered_cannot_be_relaxed() => Assert.Throws<InvalidOperationException>(() => Operational.Relax(Operational.Start));

    private static bool LivesThrough(CadenceRule rule, (PeriodAssessment Period, bool Insurer, bool Delegate)[] meetings)
    {
        var (state, day, goodInARow, lastBreach) = (rule.Start, new DateOnly(2026, 1, 5), 0, false);
        foreach (var (period, insurer, other) in meetings.TakeWhile(_ => day < new DateOnly(2029, 1, 5)))
        {
            var before = state;
            var (good, bad) = (IsGood(rule, period), IsBad(rule, period, lastBreach));
            lastBreach = period.Commitments >= Commitments.BeyondTolerance;
            goodInARow = good ? goodInARow + 1 : 0;

            state = rule.After(before, period);
            if (bad && !(state.Step < before.Step || before.Step == rule.Steps[0]))
                return false;
            if (!bad && state.Step != before.Step)
                return false;

            var offered = rule.OffersRelaxation(state);
            if (offered != (goodInARow >= rule.RelaxAfter && state.Step != rule.Steps[^1]))
                return false;
            if (offered && insurer && other)
            {
                var relaxed = rule.Relax(state);
                if (rule.Steps.ToList().IndexOf(relaxed.Step) != rule.Steps.ToList().IndexOf(state.Step) + 1)
                    return false;
                (state, goodInARow) = (relaxed, 0);
            }

            var explained = CadenceExplanation.Of(rule, state);
            if (!rule.Steps.Contains(state.Step) || state.Reason == CadenceReason.Unspecified || explained.English.Length < 12 || explained.French.Length < 12)
                return false;

            // Within the cycle that held before, unless it was relaxed; never on a day without work.
            var next = state.Step.After(day);
            if (state.Step <= before.Step && next > before.Step.After(day))
                return false;
            day = next;
        }

        return true;
    }

    // The rule as domain experts say it, written a second time.
    private static bool IsGood(CadenceRule rule, PeriodAssessment period) => rule.Level == CommitteeLevel.ExecutiveCommittee
        ? period is { OpenAdjustments: 0, Commitments: Commitments.Met or Commitments.WithinTolerance }
        : period is { Commitments: Commitments.Met, OpenCriticalActions: 0, OpenCriticalIncidents: 0 };

    private static bool IsBad(CadenceRule rule, PeriodAssessment period, bool lastBreach) =>
        period.Commitments == Commitments.Critical
        || (rule.Level == CommitteeLevel.ExecutiveCommittee
            ? period.Commitments == Commitments.BeyondTolerance && lastBreach
            : period.Commitments == Commitments.BeyondTolerance || period.OpenCriticalIncidents > 0);
}
