using Delegation.Access.V1;
using Delegation.Delivery.V1;
using Delegation.Persistence.Access;
using Delegation.Persistence.Tenancy;
using Delegation.ProjectDelivery.Cutover;
using Delegation.ServiceDefaults.Outcomes;
using FsCheck;
using FsCheck.Fluent;
using Progress = Delegation.Delivery.V1.ReportStepRequest.Types.Progress;
using State = Delegation.Delivery.V1.Cutover.Types.State;

namespace Delegation.ProjectDelivery.Tests.Cutover;

public sealed class Decisions_of_both_sides
{
    private static readonly DateTime Now = new(2027, 1, 1, 6, 0, 0, DateTimeKind.Utc);

    private static readonly Dictionary<Side, Caller> Callers = new[] { Side.Insurer, Side.Delegate }.ToDictionary(
        side => side, side => new Caller(Guid.NewGuid(), Guid.NewGuid(), new HashSet<string>()) { Side = side });

    // Somebody of a side decides at one of two points, reports the task between them, or writes the runbook anew.
    private static readonly Gen<(Side Side, int Move)> Moves =
        from side in Gen.Elements(Side.Insurer, Side.Delegate)
        from move in Gen.Frequency((6, Gen.Choose(0, 5)), (1, Gen.Constant(6)))
        select (side, move);

    [Fact]
    public void Over_any_sequence_a_decision_is_taken_by_the_go_of_both_sides_for_the_runbook_as_it_is() => Prop.ForAll(
        Moves.ArrayOf(30).ToArbitrary(),
        moves =>
        {
            var cutover = Planned();
            foreach (var (side, move) in moves)
            {
                var before = cutover;
                cutover = After(before, Move(before, side, move));
                var steps = cutover.ReadSteps();
                foreach (var step in steps.Where(step => step.IsDecision))
                {
                    var both = new[] { "insurer", "delegate" }.All(
                        name => step.Decisions.Any(decision => decision.Side == name && decision.Go && decision.Revision <= cutover.ContentRevision));
                    if (step.Ended is not null && (!both || step.Decisions.Select(decision => decision.Revision).Distinct().Count() != 1))
                        return false;
                    if (step.Ended is null && step.Decisions.Select(decision => decision.Side).Distinct().Count() != step.Decisions.Count)
                        return false;
                }

                // Whoever ends a decision is not alone: the other side had said go before, to the same runbook.
                var ended = steps.FirstOrDefault(step => step.IsDecision && step.Ended is not null && before.ReadSteps().Single(known => known.Number == step.Number).Ended is null);
                if (ended is not null && before.ReadSteps().Single(step => step.Number == ended.Number)
                    .DecisionOf(side == Side.Insurer ? Side.Delegate : Side.Insurer, before.ContentRevision) is not { Go: true })
                    return false;
                if (steps.Any(step => step.Decisions.Any(decision => !decision.Go)) != (cutover.In == State.Stopped))
                    return false;
                if (move == 6 && cutover != before && steps.Any(step => step.Decisions.Count > 0))
                    return false;
            }

            return true;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));

    [Fact]
    public void A_no_go_takes_the_go_of_the_other_side_back_and_only_its_own_side_lifts_it()
    {
        var cutover = After(Planned(), RunbookMoves.Decide(Planned(), Callers[Side.Insurer], 1, go: true, "", Now));
        cutover = After(cutover, RunbookMoves.Decide(cutover, Callers[Side.Delegate], 1, go: false, "Non", Now));
        Assert.Equal((State.Stopped, 1), (cutover.In, cutover.ReadSteps()[0].Decisions.Count));

        var goOfTheOther = After(cutover, RunbookMoves.Decide(cutover, Callers[Side.Insurer], 1, go: true, "", Now));
        Assert.Equal(State.Stopped, goOfTheOther.In);

        var lifted = After(goOfTheOther, RunbookMoves.Decide(goOfTheOther, Callers[Side.Delegate], 1, go: true, "", Now));
        Assert.NotNull(lifted.ReadSteps()[0].Ended);
    }

    private static Outcome<CutoverRow> Move(CutoverRow cutover, Side side, int move) => move switch
    {
        0 => RunbookMoves.Decide(cutover, Callers[side], 1, go: true, "", Now),
        1 => RunbookMoves.Decide(cutover, Callers[side], 1, go: false, "Non", Now),
        2 => RunbookMoves.Decide(cutover, Callers[side], 3, go: true, "", Now),
        3 => RunbookMoves.Decide(cutover, Callers[side], 3, go: false, "Non", Now),
        4 => RunbookMoves.Report(cutover, side, 2, Progress.Begun, null, Now),
        5 => RunbookMoves.Report(cutover, side, 2, Progress.Ended, null, Now),
        _ => RunbookMoves.Rewrite(cutover, new RunbookFields("Bascule", Now, []), Steps(), Now),
    };

    private static CutoverRow After(CutoverRow before, Outcome<CutoverRow> outcome) => outcome is Outcome<CutoverRow>.Accepted accepted ? accepted.Value : before;

    private static Step[] Steps() =>
    [
        New(1, CutoverStepKind.DecisionPoint, []), New(2, CutoverStepKind.Task, [1]), New(3, CutoverStepKind.DecisionPoint, []), New(4, CutoverStepKind.Task, [2, 3]),
    ];

    private static Step New(int number, CutoverStepKind kind, int[] after) =>
        new(Guid.NewGuid(), number, $"Étape {number}", kind.Stored(), Side.Insurer.Code(), "project_lead", null, 10, null, after);

    private static CutoverRow Planned() => new(
        Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), "Bascule", false, State.Planned.Stored(), Now, CutoverRow.Write(Steps()),
        null, null, null, null, 1, Now, Now, 1);
}
