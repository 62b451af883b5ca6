using Delegation.Access.V1;
using Delegation.Delivery.V1;
using Delegation.Persistence.Access;
using Delegation.ProjectDelivery.Acceptance;
using Delegation.ServiceDefaults.Outcomes;
using FsCheck;
using FsCheck.Fluent;
using State = Delegation.Delivery.V1.Anomaly.Types.State;

namespace Delegation.ProjectDelivery.Tests.Acceptance;

public sealed class Moves_of_anomalies
{
    private static readonly DateTime Now = new(2026, 9, 1, 8, 0, 0, DateTimeKind.Utc);

    // What somebody of a side does: five moves, with one of three severities or of two reserves.
    private static readonly Gen<(Side Side, int Move, int Choice)> Moves =
        from side in Gen.Elements(Side.Insurer, Side.Delegate)
        from move in Gen.Choose(0, 6)
        from choice in Gen.Choose(0, 2)
        select (side, move, choice);

    [Fact]
    public void Over_any_sequence_of_moves_nothing_that_takes_both_sides_happens_by_one() => Prop.ForAll(
        Moves.ArrayOf(40).ToArbitrary(),
        moves =>
        {
            var anomaly = Opened(AnomalySeverity.Blocking);
            foreach (var (side, move, choice) in moves)
            {
                var before = anomaly;
                anomaly = Move(before, side, move, choice);
                var agreed = before.ProposedBy is { } proposer && proposer != side.Code();

                var lowered = anomaly.Hurts > before.Hurts;
                if (lowered && !(agreed && before.ProposedSeverity == anomaly.Severity))
                    return false;
                if (anomaly.In == State.AcceptedWithReserve && before.In != State.AcceptedWithReserve && !(agreed && before.ProposedReserve == anomaly.Reserve))
                    return false;
                if (anomaly.In == State.Closed && before.In != State.Closed && !(before.In == State.Retested && before.Fixer != side))
                    return false;
                if (anomaly is { In: State.AcceptedWithReserve, Hurts: AnomalySeverity.Blocking })
                    return false;
                if (before.In == State.Closed && anomaly != before)
                    return false;
            }

            return true;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));

    [Fact]
    public void A_proposal_ends_when_what_it_was_made_on_changes()
    {
        var anomaly = Accepted(new Settlement(null, "Réserve").Propose(Opened(AnomalySeverity.Major), Side.Insurer, Now));
        anomaly = Accepted(AnomalyMoves.Change(anomaly, Fields(AnomalySeverity.Major), Now));

        var proposed = Accepted(new Settlement(null, "Réserve").Propose(anomaly, Side.Delegate, Now));

        Assert.Equal((State.Open, "delegate"), (proposed.In, proposed.ProposedBy));
    }

    [Fact]
    public void What_was_accepted_is_open_again_when_it_turns_out_to_hurt_more()
    {
        var anomaly = Accepted(new Settlement(null, "Réserve").Propose(Opened(AnomalySeverity.Minor), Side.Insurer, Now));
        anomaly = Accepted(new Settlement(null, "Réserve").Propose(anomaly, Side.Delegate, Now));
        Assert.Equal(State.AcceptedWithReserve, anomaly.In);

        var raised = Accepted(AnomalyMoves.Change(anomaly, Fields(AnomalySeverity.Blocking), Now));

        Assert.Equal((State.Open, "", true), (raised.In, raised.Reserve, raised.Blocks));
    }

    [Fact]
    public void A_blocking_one_is_not_accepted_with_a_reserve() => Assert.Equal(
        "ANOMALY_BLOCKING",
        Assert.IsType<Outcome<AnomalyRow>.Refused>(new Settlement(null, "Réserve").Propose(Opened(AnomalySeverity.Blocking), Side.Insurer, Now)).Reason);

    private static AnomalyRow Move(AnomalyRow anomaly, Side side, int move, int choice) => move switch
    {
        0 => After(anomaly, AnomalyMoves.Change(anomaly, Fields((AnomalySeverity)(choice + 1)), Now)),
        1 => After(anomaly, AnomalyMoves.Fix(anomaly, side, "Corrigé.", Now)),
        2 => AnomalyMoves.Retest(anomaly, Now),
        3 => After(anomaly, AnomalyMoves.FailAgain(anomaly, Now)),
        4 => After(anomaly, AnomalyMoves.Close(anomaly, side, Now)),
        5 => After(anomaly, new Settlement((AnomalySeverity)(choice + 1), null).Propose(anomaly, side, Now)),
        _ => After(anomaly, new Settlement(null, choice == 0 ? "Réserve" : "Autre réserve").Propose(anomaly, side, Now)),
    };

    private static AnomalyRow After(AnomalyRow before, Outcome<AnomalyRow> outcome) => outcome is Outcome<AnomalyRow>.Accepted accepted ? accepted.Value : before;

    private static AnomalyRow Accepted(Outcome<AnomalyRow> outcome) => Assert.IsType<Outcome<AnomalyRow>.Accepted>(outcome).Value;

    private static AnomalyFields Fields(AnomalySeverity severity) => new("Arrondi", "", severity, Side.Delegate, null);

    private static AnomalyRow Opened(AnomalySeverity severity) => new(
        Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), "Arrondi", "",
        severity.Stored(), State.Open.Stored(), Side.Delegate.Code(), null, "", "", null, null, null, Now, Now, 1);
}
