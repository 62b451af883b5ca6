using Delegation.Contracts.V1;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Outcomes;
using Delegation.ServiceDefaults.Time;
using Google.Protobuf.WellKnownTypes;

namespace Delegation.Contracts.Reversibility;

/// <summary>Decides on the lots of an exit: handed over by the delegate, counted and accepted by the insurer.</summary>
internal static class LotMoves
{
    public static Outcome<Exit> HandOver(Exit exit, ExitLot lot, LotTotals totals, DateTimeOffset now)
    {
        if (exit.Phase is not (ExitPhase.DryRuns or ExitPhase.TakeBack or ExitPhase.RunOff))
            return ExitRefusals.WrongPhaseForLot;
        if (lot.AcceptTime is not null)
            return ExitRefusals.LotAccepted;
        if (lot.Runs.LastOrDefault() is { Received: null })
            return ExitRefusals.LotNotCounted;

        lot.Runs.Add(new LotRun
        {
            Number = lot.Runs.Count + 1,
            DryRun = exit.Phase == ExitPhase.DryRuns,
            HandedOver = totals,
            HandOverTime = Timestamp.FromDateTime(now.InMicroseconds()),
        });
        return ExitMoves.Accepted(exit);
    }

    public static Outcome<Exit> Receive(Exit exit, ExitLot lot, LotTotals totals, DateTimeOffset now)
    {
        if (lot.Runs.LastOrDefault() is not { Received: null } run)
            return ExitRefusals.LotNotHandedOver;

        (run.Received, run.ReceiveTime) = (totals, Timestamp.FromDateTime(now.InMicroseconds()));
        run.Discrepancies.Add(LotComparing.Discrepancies(run.HandedOver, totals));
        return ExitMoves.Accepted(exit);
    }

    public static Outcome<Exit> Accept(Exit exit, ExitLot lot, string reservations, Caller caller, DateTimeOffset now)
    {
        if (lot.AcceptTime is not null)
            return ExitRefusals.LotAccepted;
        if (lot.Runs.LastOrDefault() is not { DryRun: false, Received: not null } run)
            return ExitRefusals.LotNotCounted;
        if (run.Discrepancies.Count > 0 && reservations.Length == 0)
            return ExitRefusals.ReservationsRequired;

        (lot.AcceptTime, lot.AcceptPersonId, lot.Reservations) = (Timestamp.FromDateTime(now.InMicroseconds()), caller.PersonId.ToString(), reservations);
        return ExitMoves.Accepted(exit);
    }
}
