using Delegation.Access.V1;
using Delegation.Contracts.Negotiation;
using Delegation.Contracts.V1;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;
using Delegation.ServiceDefaults.Time;
using Google.Protobuf.WellKnownTypes;
using State = Delegation.Contracts.V1.Contract.Types.State;

namespace Delegation.Contracts.Contracting;

/// <summary>Decides on the notice by which one side ends a contract, as the contract gives it the right to.</summary>
internal static class Notices
{
    private const int LongestComment = 4000;

    public static Outcome<ContractRow> Give(TerminateContractRequest command, ContractRow contract, Caller caller, DateTimeOffset now)
    {
        var violations = new List<FieldViolation>();
        if (!StoredNames.IsKnown(command.Ground) || command.Ground == TerminationGround.ByConsent)
            violations.Add(Ground(command.Ground));
        var lastDay = DayField.Read("last_day", command.LastDay, violations);
        var comment = command.Ground == TerminationGround.ForCause
            ? TextField.ReadRequiredText("comment", command.Comment, LongestComment, violations)
            : TextField.ReadText("comment", command.Comment, LongestComment, violations);
        if (violations.Count > 0 || lastDay is not { } last)
            return new Outcome<ContractRow>.Invalid(violations);

        if (Persistence.Commands.Etag.Mismatch<ContractRow>(command.Etag, contract.Id, contract.ContentRevision) is { } mismatch)
            return mismatch;

        var today = ParisDays.DayAt(now);
        if (Refusal(command.Ground, contract, last, caller.Side, today) is { } refusal)
            return refusal;

        return new Outcome<ContractRow>.Accepted(With(contract, new TerminationNotice
        {
            Side = caller.Side,
            PersonId = caller.PersonId.ToString(),
            Ground = command.Ground,
            Comment = comment ?? "",
            Time = Timestamp.FromDateTime(now.InMicroseconds()),
            LastDay = DayField.Write(last),
            TransitionEndDay = DayField.Write(TransitionEnd(contract, last, today)),
        }));
    }

    /// <summary>The contract with a notice, which takes the place of what one side proposed. Another etag: whoever answers a notice has read it.</summary>
    public static ContractRow With(ContractRow contract, TerminationNotice notice) => contract with
    {
        Notices = ProtoJson.WriteList([.. contract.ReadNotices(), notice]),
        ProposedTermination = null,
        ContentRevision = contract.Revision + 1,
        Revision = contract.Revision + 1,
    };

    /// <summary>The last day of the transition that the contract has, when it is to end on a day.</summary>
    public static DateOnly TransitionEnd(ContractRow contract, DateOnly last, DateOnly today)
    {
        var transition = today.AddMonths(contract.DurationInForce().TransitionMonths).AddDays(-1);
        return transition > last ? transition : last;
    }

    /// <summary>What keeps a contract from ending on a day, whoever wants it; null for nothing.</summary>
    public static Outcome<ContractRow>? NotToBeEndedOn(ContractRow contract, DateOnly last)
    {
        if (contract.IsAmendment || !contract.IsIn(State.InForce))
            return ContractingRefusals.NotInForce;
        if (last < contract.EffectiveDay)
            return ContractingRefusals.BeforeEffectiveDay(contract.EffectiveDay);

        return last >= contract.End().LastDay ? ContractingRefusals.NotEarlier(contract.End().LastDay) : null;
    }

    /// <summary>The earliest last day of a notice given on a day.</summary>
    public static DateOnly Earliest(TerminationGround ground, ContractDuration duration, Side side, DateOnly today) => today.AddMonths((ground, side) switch
    {
        (TerminationGround.ForCause, Side.Insurer) => 0,
        (TerminationGround.ForCause, _) => duration.NoticeMonthsCause,
        (_, Side.Insurer) => duration.NoticeMonthsInsurer,
        _ => duration.NoticeMonthsDelegate,
    });

    /// <summary>The last day on which a side can give notice for an end of a term.</summary>
    public static DateOnly LastDayFor(DateOnly termEnd, ContractDuration duration, Side side)
    {
        // Months are of different lengths: from several days the same number of months leads to one day.
        var months = side == Side.Insurer ? duration.NoticeMonthsInsurer : duration.NoticeMonthsDelegate;
        var day = termEnd.AddMonths(-months);
        while (day.AddDays(1).AddMonths(months) <= termEnd)
            day = day.AddDays(1);

        return day;
    }

    private static Outcome<ContractRow>? Refusal(TerminationGround ground, ContractRow contract, DateOnly last, Side side, DateOnly today)
    {
        if (NotToBeEndedOn(contract, last) is { } refusal)
            return refusal;

        var duration = contract.DurationInForce();
        if (ground == TerminationGround.NonRenewal && ContractPeriods.Of(contract.EffectiveDay, duration).TermEnd(last) != last)
            return ContractingRefusals.NotEndOfTerm;

        var earliest = Earliest(ground, duration, side, today);
        return last < earliest ? ContractingRefusals.NoticeTooShort(earliest) : null;
    }

    private static FieldViolation Ground(TerminationGround ground) => new(
        "ground",
        ground switch { TerminationGround.Unspecified => "GROUND_REQUIRED", TerminationGround.ByConsent => "GROUND_TAKES_BOTH_SIDES", _ => "GROUND_UNKNOWN" },
        new("It must be said on what ground the contract ends.", "Le fondement de la résiliation doit être indiqué."),
        new("Choose TERMINATION_GROUND_WITH_NOTICE, TERMINATION_GROUND_NON_RENEWAL or TERMINATION_GROUND_FOR_CAUSE; by consent, both sides call `:terminateByConsent`.",
            "Choisissez TERMINATION_GROUND_WITH_NOTICE (avec préavis), TERMINATION_GROUND_NON_RENEWAL (à l'échéance) ou TERMINATION_GROUND_FOR_CAUSE (pour motif) ; d'un commun accord, les deux parties appellent `:terminateByConsent`."));
}
