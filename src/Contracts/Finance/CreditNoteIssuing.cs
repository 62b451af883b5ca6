using Delegation.Access.V1;
using Delegation.Contracts.Commitments;
using Delegation.Contracts.Delegations;
using Delegation.Contracts.V1;
using Delegation.Persistence.Access;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;
using Delegation.ServiceDefaults.Time;

namespace Delegation.Contracts.Finance;

/// <summary>Computes a credit note: each part of the period by the version that holds in it, and what one part takes of the year is gone for the next.</summary>
internal static class CreditNoteIssuing
{
    private const int LongestSource = 500;

    private static readonly FieldViolation MeasuresRequired = TermViolations.Required("measures", "what was measured", "les mesures");

    public static Outcome<CreditNoteRow> NothingDue { get; } = new Outcome<CreditNoteRow>.Refused(
        "NOTHING_DUE",
        new("Neither a penalty nor a bonus follows from this: no day counts, the commitment is kept, or it has none.",
            "Il n'en résulte ni pénalité ni bonus : aucun jour ne compte, l'engagement est tenu, ou il n'en prévoit pas."));

    public static Outcome<CreditNoteRow> Issue(
        IssueCreditNoteRequest request,
        Guid commitmentId,
        DayRange period,
        SharedDelegation delegation,
        IReadOnlyList<PeriodPart> parts,
        CreditNoteStore.Before before,
        Side side,
        DateTimeOffset now)
    {
        var counting = parts.Where(part => part.Counts).ToArray();
        var violations = new List<FieldViolation>();
        var measures = ReadMeasures(request, counting, violations);
        if (violations.Count > 0)
            return new Outcome<CreditNoteRow>.Invalid(violations);

        var results = new List<CommitmentResult>();
        var (penalties, bonuses) = (0L, 0L);
        foreach (var (part, measure) in counting.Zip(measures))
        {
            var terms = part.Version!.ReadCommitment();
            var result = PenaltyRule.Of(
                terms,
                new Measured(measure.MeasuredHundredths, measure.Volume, measure.Fees?.MinorUnits ?? 0),
                (before.Penalties + penalties, before.Bonuses + bonuses));
            if (result.Beneficiary == Side.Insurer)
                penalties += result.AmountCents;
            else if (result.Beneficiary == Side.Delegate)
                bonuses += result.AmountCents;

            results.Add(ToMessage(part, measure, result));
        }

        return penalties + bonuses == 0 ? NothingDue : new Outcome<CreditNoteRow>.Accepted(new CreditNoteRow
        {
            OwnerId = delegation.InsurerId,
            DelegationId = delegation.Id,
            DelegateId = delegation.DelegateId,
            Id = NewId.At(now),
            Number = before.Next,
            State = CreditNote.Types.State.Issued.Stored(),
            CommitmentId = commitmentId,
            StartDay = period.Start,
            EndDay = period.End,
            Results = ProtoJson.WriteList(results),
            PenaltyCents = penalties,
            BonusCents = bonuses,
            IssuedBy = side.Code(),
            CreateTime = now.InMicroseconds(),
            ContentRevision = 1,
            Revision = 1,
        });
    }

    private static CommitmentResult ToMessage(PeriodPart part, CommitmentMeasureValue measure, Penalised result) => new()
    {
        CommitmentVersionId = part.Version!.Id.ToString(),
        Measure = measure,
        Verdict = result.Verdict,
        Beneficiary = result.Beneficiary,
        GapHundredths = result.GapHundredths,
        Steps = result.Steps,
        BeforeCap = Euros.Of(result.BeforeCapCents),
        Cap = Euros.Of(result.CapCents),
        Amount = Euros.Of(result.AmountCents),
    };

    private static List<CommitmentMeasureValue> ReadMeasures(IssueCreditNoteRequest request, PeriodPart[] counting, List<FieldViolation> violations)
    {
        if (request.Measures.Count == 0 && counting.Length > 0)
            violations.Add(MeasuresRequired);

        ListLimits.Check("measures", request.Measures.Count, Math.Max(counting.Length, 1), violations);
        var read = new List<CommitmentMeasureValue>();
        foreach (var (place, measure) in request.Measures.Index())
        {
            var path = $"measures[{place}]";
            var (start, end) = (DayField.Read($"{path}.start_day", measure.StartDay, violations), DayField.Read($"{path}.end_day", measure.EndDay, violations));
            var part = place < counting.Length ? counting[place] : null;
            if (start is not null && end is not null && (part?.Start != start || part?.End != end))
                violations.Add(NotOfParts(path, counting));

            if (!measure.HasMeasuredHundredths)
                violations.Add(TermViolations.Required($"{path}.measured_hundredths", "the measure", "la mesure"));
            else
                TermViolations.InRange($"{path}.measured_hundredths", measure.MeasuredHundredths, 0, Euros.Most, violations);

            TermViolations.InRange($"{path}.volume", measure.Volume, 0, Euros.Most, violations);
            if (measure.Fees is not null)
                Euros.ReadNotNegative($"{path}.fees", measure.Fees, violations);
            else if (part is not null && NeedsFees(part.Version!.ReadCommitment()))
                violations.Add(TermViolations.Required($"{path}.fees", "the fees of these days", "la rémunération de ces jours"));

            var source = TextField.ReadLine($"{path}.source", measure.Source, LongestSource, violations);
            read.Add(new CommitmentMeasureValue(measure) { Source = source ?? "" });
        }

        if (request.Measures.Count > 0 && request.Measures.Count < counting.Length)
            violations.Add(NotOfParts("measures", counting));

        return read;
    }

    private static bool NeedsFees(CommitmentTerms terms) => new[] { terms.Penalty, terms.Bonus }
        .Any(due => due is not null && (due.Basis == PenaltyBasis.PercentOfFees || due.CapRateHundredths > 0));

    private static FieldViolation NotOfParts(string field, PeriodPart[] counting)
    {
        var parts = string.Join(", ", counting.Select(part => $"{part.Start:yyyy-MM-dd} – {part.End:yyyy-MM-dd}"));
        return new FieldViolation(
            field,
            "MEASURES_NOT_OF_PARTS",
            new("This is not one of the parts of the period that count, in their order.", "Ce n'est pas l'une des parties de la période qui comptent, dans leur ordre."),
            new($"Give one measure for each of these: {parts}.", $"Indiquez une mesure pour chacune de celles-ci : {parts}."));
    }
}
