using Delegation.Contracts.V1;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;
using Delegation.ServiceDefaults.Time;
using Google.Protobuf.WellKnownTypes;
using State = Delegation.Contracts.V1.Letter.Types.State;

namespace Delegation.Contracts.LetterOfEngagement;

/// <summary>Decides on the consent of one side to end a letter early; it ends when both have agreed to one last day.</summary>
internal static class Terminating
{
    public static Outcome<LetterRow> Consent(TerminateLetterRequest command, LetterRow letter, Caller caller, DateTimeOffset now)
    {
        var violations = new List<FieldViolation>();
        if (DayField.Read("last_day", command.LastDay, violations) is not { } lastDay)
            return new Outcome<LetterRow>.Invalid(violations);

        if (LetterRefusals.NotTerminable(letter, command.Etag) is { } refusal)
            return refusal;

        if (lastDay < ParisDays.DayAt(now))
            return LetterRefusals.LastDayPassed;

        if (lastDay >= letter.EndDay)
            return LetterRefusals.LastDayNotEarlier;

        // Consents to another day were to something else.
        var same = letter.ReadTerminations().Where(consent => consent.LastDay == command.LastDay).ToArray();
        if (same.Any(consent => consent.Side == caller.Side))
            return LetterRefusals.TerminationAwaited;

        var consents = same.Append(new LetterTermination
        {
            Side = caller.Side, PersonId = caller.PersonId.ToString(), LastDay = command.LastDay, Time = Timestamp.FromDateTime(now.InMicroseconds()),
        }).ToArray();
        var consented = letter with { TerminationConsents = ProtoJson.WriteList(consents), Revision = letter.Revision + 1 };

        return new Outcome<LetterRow>.Accepted(consents.Length < 2 ? consented : consented with
        {
            State = State.Terminated.Stored(), LastDay = lastDay, TerminateTime = now.InMicroseconds(),
        });
    }
}
