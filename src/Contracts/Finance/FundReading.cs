using Delegation.Contracts.Commitments;
using Delegation.Contracts.Delegations;
using Delegation.Contracts.V1;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Time;
using Kind = Delegation.Contracts.V1.FundMovement.Types.Kind;
using State = Delegation.Contracts.V1.FundMovement.Types.State;

namespace Delegation.Contracts.Finance;

/// <summary>Movements of the advance from requests.</summary>
internal static class FundReading
{
    private const int LongestReason = 500;

    /// <summary>A call or a return that waits for the insurer; null with violations.</summary>
    public static Func<SharedDelegation, FundMovementRow>? Call(CallFundsRequest request, DateTimeOffset now, List<FieldViolation> violations)
    {
        if (TermViolations.Check("kind", request.Kind, required: true, "whether funds are called or given back", "s'il s'agit d'un appel ou d'une restitution", violations)
            && request.Kind == Kind.Use)
            violations.Add(TermViolations.Unknown("kind"));

        var amount = ReadAmount("amount", request.Amount, isPositive: true, violations);
        var dueDay = DayField.Read("due_day", request.DueDay, violations);
        var reason = TextField.ReadLine("reason", request.Reason, LongestReason, violations);
        return violations.Count > 0 ? null : delegation => New(delegation, request.Kind, State.Requested, amount!.Value, 0, dueDay!.Value, null, reason!, now);
    }

    /// <summary>What a month came to; null with violations.</summary>
    public static Func<SharedDelegation, FundMovementRow>? Use(ReportFundUseRequest request, DateTimeOffset now, List<FieldViolation> violations)
    {
        var endDay = DayField.Read("end_day", request.EndDay, violations);
        if (endDay is { } day && day.AddDays(1).Day != 1)
            violations.Add(new FieldViolation(
                "end_day", "END_DAY_NOT_OF_MONTH", new("This is not the last day of a month.", "Ce n'est pas le dernier jour d'un mois."), LastDayOfAMonth));
        else if (endDay >= ParisDays.DayAt(now))
            violations.Add(new FieldViolation(
                "end_day", "END_DAY_IN_THE_FUTURE", new("This month is not over.", "Ce mois n'est pas terminé."), LastDayOfAMonth));

        var paid = ReadAmount("paid", request.Paid, isPositive: false, violations);
        var reimbursed = ReadAmount("reimbursed", request.Reimbursed, isPositive: false, violations);
        return violations.Count > 0 ? null : delegation => New(delegation, Kind.Use, State.Settled, paid!.Value, reimbursed!.Value, endDay!.Value, endDay, "", now);
    }

    /// <summary>The movement as the insurer answered it; null with violations.</summary>
    public static Func<FundMovementRow, FundMovementRow>? Answer(AnswerFundsCallRequest request, DateTimeOffset now, List<FieldViolation> violations)
    {
        var valueDay = request.Settled ? DayField.Read("value_day", request.ValueDay, violations) : DayField.ReadOptional("value_day", request.ValueDay, violations);
        TermViolations.Unused("value_day", !request.Settled && valueDay is not null, "nothing moves when you decline", "rien ne bouge en cas de refus", violations);
        if (request.Settled && valueDay > ParisDays.DayAt(now))
            violations.Add(new FieldViolation(
                "value_day",
                "VALUE_DAY_IN_THE_FUTURE",
                new("Funds that moved did so up to today.", "Des fonds réglés l'ont été au plus tard aujourd'hui."),
                new("Answer when they have moved.", "Répondez une fois le règlement effectué.")));

        var answer = request.Settled
            ? TextField.ReadText("answer", request.Answer, LongestReason, violations)
            : TextField.ReadLine("answer", request.Answer, LongestReason, violations);
        return violations.Count > 0 ? null : movement => movement with
        {
            State = (request.Settled ? State.Settled : State.Declined).Stored(),
            ValueDay = request.Settled ? valueDay : null,
            Answer = answer!,
            Revision = movement.Revision + 1,
        };
    }

    private static readonly LocalizedText LastDayOfAMonth = new("Give the last day of a month that is over.", "Indiquez le dernier jour d'un mois terminé.");

    private static long? ReadAmount(string field, Money? amount, bool isPositive, List<FieldViolation> violations)
    {
        if (amount is not null)
            return isPositive ? Euros.ReadPositive(field, amount, violations) : Euros.ReadNotNegative(field, amount, violations);

        violations.Add(TermViolations.Required(field, "the amount", "le montant"));
        return null;
    }

    private static FundMovementRow New(
        SharedDelegation delegation, Kind kind, State state, long cents, long reimbursedCents, DateOnly dueDay, DateOnly? valueDay, string reason, DateTimeOffset now) => new()
        {
            OwnerId = delegation.InsurerId,
            DelegationId = delegation.Id,
            DelegateId = delegation.DelegateId,
            Id = NewId.At(now),
            Kind = kind.Stored(),
            State = state.Stored(),
            AmountCents = cents,
            ReimbursedCents = reimbursedCents,
            DueDay = dueDay,
            ValueDay = valueDay,
            Reason = reason,
            CreateTime = now.InMicroseconds(),
            Revision = 1,
        };
}
