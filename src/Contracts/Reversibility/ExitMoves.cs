using Delegation.Access.V1;
using Delegation.Contracts.V1;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Outcomes;
using Delegation.ServiceDefaults.Time;
using Google.Protobuf.WellKnownTypes;

namespace Delegation.Contracts.Reversibility;

/// <summary>Decides on tasks, flows and phases of an exit that goes on. Each changes the message it is given, which is the caller's own.</summary>
internal static class ExitMoves
{
    public static Outcome<Exit> Complete(Exit exit, string taskCode, string note, Caller caller, DateTimeOffset now)
    {
        var task = exit.Tasks.Single(task => task.Code == taskCode);
        if (task.DoneTime is not null)
            return ExitRefusals.TaskDone;
        if (task.Side != caller.Side)
            return ExitRefusals.TaskOfOther;

        (task.DoneTime, task.PersonId, task.Note) = (Timestamp.FromDateTime(now.InMicroseconds()), caller.PersonId.ToString(), note);
        return Accepted(exit);
    }

    public static Outcome<Exit> Settle(Exit exit, ExitFlow flow)
    {
        if (exit.Phase >= ExitPhase.RunOff)
            return ExitRefusals.TooLateForFlows;
        if (Triggering.DayOf(flow.RedirectionDay) < Triggering.DayOf(exit.NoticeDay))
            return new Outcome<Exit>.Invalid(ExitFields.BeforeNotice(exit.NoticeDay));

        var place = exit.Flows.Select(known => known.Kind).ToList().IndexOf(flow.Kind);
        exit.Flows[place] = flow;

        // Whoever agreed to leave the phase did so with what they had read.
        exit.PassedBy.Clear();
        return Accepted(exit);
    }

    /// <summary>One side agrees to leave the phase; with the second one it is left.</summary>
    public static Outcome<Exit> Pass(Exit exit, IReadOnlyList<ExitCriterion> criteria, Side side, DateTimeOffset now)
    {
        if (exit.Phase == ExitPhase.Closure)
            return ExitRefusals.LastPhase;
        if (exit.PassedBy.Contains(side))
            return ExitRefusals.AlreadyPassed;
        if (criteria.Where(criterion => !criterion.Met).ToArray() is { Length: > 0 } unmet)
            return ExitRefusals.NotMet(unmet);

        exit.PassedBy.Add(side);
        if (exit.PassedBy.Count < 2)
            return Accepted(exit);

        exit.PassedBy.Clear();
        exit.Phase++;
        if (exit.Phase == ExitPhase.Closure)
            exit.Record = new ExitRecord { FreezeTime = Timestamp.FromDateTime(now.InMicroseconds()) };

        return Accepted(exit);
    }

    /// <summary>One side wants to call it off; with the second one it is.</summary>
    public static Outcome<Exit> CallOff(Exit exit, Side side, DateTimeOffset now)
    {
        if (exit.Record?.AcceptTime is not null)
            return ExitRefusals.RecordAccepted;
        if (exit.CalledOffBy.Contains(side))
            return ExitRefusals.AlreadyCalledOff;

        exit.CalledOffBy.Add(side);
        if (exit.CalledOffBy.Count == 2)
            (exit.State, exit.EndTime) = (ExitState.CalledOff, Timestamp.FromDateTime(now.InMicroseconds()));

        return Accepted(exit);
    }

    internal static Outcome<Exit> Accepted(Exit exit) => new Outcome<Exit>.Accepted(exit);
}
