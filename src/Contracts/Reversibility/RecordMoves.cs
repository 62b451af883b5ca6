using Delegation.Contracts.V1;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Outcomes;
using Delegation.ServiceDefaults.Time;
using Google.Protobuf.WellKnownTypes;

namespace Delegation.Contracts.Reversibility;

/// <summary>Decides on the platform's record of a delegation that ends.</summary>
internal static class RecordMoves
{
    /// <param name="exit">Is changed.</param>
    /// <param name="manifest">SHA-256 of the manifest that the insurer found in its archive, in lower case.</param>
    /// <param name="isKnown">Whether the platform gave the insurer such an archive.</param>
    /// <param name="caller">Who accepts.</param>
    /// <param name="now">When.</param>
    public static Outcome<Exit> Accept(Exit exit, string manifest, bool isKnown, Caller caller, DateTimeOffset now)
    {
        if (exit.Record?.FreezeTime is null)
            return ExitRefusals.RecordNotFrozen;
        if (exit.Record.AcceptTime is not null)
            return ExitRefusals.RecordAccepted;
        if (!isKnown)
            return ExitRefusals.ArchiveUnknown;

        (exit.Record.ManifestSha256, exit.Record.AcceptTime, exit.Record.AcceptPersonId) = (manifest, Timestamp.FromDateTime(now.InMicroseconds()), caller.PersonId.ToString());
        return ExitMoves.Accepted(exit);
    }

    /// <summary>The insurer orders that the delegate's copies and access end: only what was accepted, and once the delegate attested for the rest.</summary>
    public static Outcome<Exit> Order(Exit exit, Caller caller, DateTimeOffset now)
    {
        if (exit.Record?.AcceptTime is null)
            return ExitRefusals.RecordNotAccepted;
        if (exit.Record.DestructionOrderTime is not null)
            return ExitRefusals.DestructionOrdered;
        if (ExitCriteria.TasksDone(exit) is { Met: false } open)
            return ExitRefusals.NotMet([open]);

        (exit.Record.DestructionOrderTime, exit.Record.DestructionPersonId) = (Timestamp.FromDateTime(now.InMicroseconds()), caller.PersonId.ToString());
        return ExitMoves.Accepted(exit);
    }

    /// <summary>All services have erased: the exit is over.</summary>
    public static Exit Destroyed(Exit exit, IEnumerable<ServiceErasure> erasures, DateTimeOffset now)
    {
        exit.Record.Erasures.Add(erasures);
        exit.Record.DestructionTime = Timestamp.FromDateTime(now.InMicroseconds());
        (exit.State, exit.EndTime) = (ExitState.Closed, exit.Record.DestructionTime);
        return exit;
    }
}
