using Delegation.Contracts.Negotiation;
using Delegation.Contracts.V1;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;
using Delegation.ServiceDefaults.Time;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Delegation.Contracts.Contracting;

/// <summary>Decides on the consent of one side to end a contract early: it ends when both have agreed to the same days, without any notice.</summary>
internal static class MutualTermination
{
    private const int LongestComment = 4000;

    /// <summary>Longer than that no contract lets a transition last.</summary>
    private const int LongestTransition = 60;

    public static Outcome<ContractRow> Consent(TerminateByConsentRequest command, ContractRow contract, Caller caller, DateTimeOffset now)
    {
        var violations = new List<FieldViolation>();
        var lastDay = DayField.Read("last_day", command.LastDay, violations);
        var transitionEnd = DayField.ReadOptional("transition_end_day", command.TransitionEndDay, violations);
        var comment = TextField.ReadText("comment", command.Comment, LongestComment, violations);
        if (lastDay is { } first && transitionEnd is { } second && (second < first || second > first.AddMonths(LongestTransition)))
            violations.Add(second < first ? TransitionBefore(first) : TransitionTooLate(first.AddMonths(LongestTransition)));
        if (violations.Count > 0 || lastDay is not { } last)
            return new Outcome<ContractRow>.Invalid(violations);

        var today = ParisDays.DayAt(now);
        if ((Persistence.Commands.Etag.Mismatch<ContractRow>(command.Etag, contract.Id, contract.ContentRevision) ?? Refusal(contract, last, today)) is { } refusal)
            return refusal;

        var standing = contract.ReadProposedTermination();
        var consent = new TerminationConsent
        {
            Side = caller.Side,
            PersonId = caller.PersonId.ToString(),
            LastDay = DayField.Write(last),
            Comment = comment ?? "",
            Time = Timestamp.FromDateTime(now.InMicroseconds()),
        };
        consent.TransitionEndDay = transitionEnd is { } end ? DayField.Write(end)
            : standing?.LastDay == consent.LastDay ? standing.TransitionEndDay
            : DayField.Write(Notices.TransitionEnd(contract, last, today));

        // Consent to other days was to something else.
        if (standing is null || (standing.LastDay, standing.TransitionEndDay) != (consent.LastDay, consent.TransitionEndDay))
            return new Outcome<ContractRow>.Accepted(With(contract, consent));

        return standing.Side == caller.Side
            ? ContractingRefusals.TerminationAwaited
            : new Outcome<ContractRow>.Accepted(Notices.With(contract, Agreed(standing, consent)));
    }

    /// <summary>What one side proposed does not wait any more: declined by the other, or taken back.</summary>
    public static Outcome<ContractRow> Decline(DeclineTerminationRequest command, ContractRow contract, Caller caller)
    {
        var violations = new List<FieldViolation>();
        if (contract.ReadProposedTermination() is { } standing && standing.Side != caller.Side)
            TextField.ReadRequiredText("comment", command.Comment, LongestComment, violations);
        else
            TextField.ReadText("comment", command.Comment, LongestComment, violations);
        if (violations.Count > 0)
            return new Outcome<ContractRow>.Invalid(violations);

        return Persistence.Commands.Etag.Mismatch<ContractRow>(command.Etag, contract.Id, contract.ContentRevision)
            ?? (contract.ProposedTermination is null ? ContractingRefusals.NoTerminationProposed : new Outcome<ContractRow>.Accepted(With(contract, null)));
    }

    private static Outcome<ContractRow>? Refusal(ContractRow contract, DateOnly last, DateOnly today) =>
        Notices.NotToBeEndedOn(contract, last) ?? (last < today ? ContractingRefusals.LastDayPassed : null);

    // It is what the first side proposed; the second one's words are in its own consent.
    private static TerminationNotice Agreed(TerminationConsent proposed, TerminationConsent consent) => new()
    {
        Side = proposed.Side,
        PersonId = proposed.PersonId,
        ConsentingPersonId = consent.PersonId,
        Ground = TerminationGround.ByConsent,
        Comment = string.Join("\n\n", new[] { proposed.Comment, consent.Comment }.Where(text => text.Length > 0)),
        Time = consent.Time,
        LastDay = proposed.LastDay,
        TransitionEndDay = proposed.TransitionEndDay,
    };

    // Another etag: whoever answers has read what stands.
    private static ContractRow With(ContractRow contract, TerminationConsent? proposed) => contract with
    {
        ProposedTermination = proposed is null ? null : JsonFormatter.Default.Format(proposed),
        ContentRevision = contract.Revision + 1,
        Revision = contract.Revision + 1,
    };

    private static FieldViolation TransitionBefore(DateOnly last) => new(
        "transition_end_day", "TRANSITION_END_DAY_TOO_EARLY",
        new("The transition ends before the contract does.", "La transition prend fin avant le contrat."),
        new($"Give {DayField.Write(last)} or a later day, or none for the transition of the contract.", $"Indiquez le {DayField.Write(last)} ou un jour postérieur, ou rien pour la transition prévue au contrat."));

    private static FieldViolation TransitionTooLate(DateOnly latest) => new(
        "transition_end_day", "TRANSITION_END_DAY_TOO_LATE",
        new($"A transition lasts {LongestTransition} months at most.", $"Une transition dure {LongestTransition} mois au plus."),
        new($"Give {DayField.Write(latest)} or an earlier day.", $"Indiquez le {DayField.Write(latest)} ou un jour antérieur."));
}
