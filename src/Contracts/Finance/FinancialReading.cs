using Delegation.Contracts.Commitments;
using Delegation.Contracts.V1;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;

namespace Delegation.Contracts.Finance;

/// <summary>The terms of a fee or of the advance from a request.</summary>
internal static class FinancialReading
{
    private const int LongestTitle = 200;
    private const int LongestNote = 2000;
    private const int UsualPaymentDays = 30;
    private const long MostRateMicros = 1_000_000_000_000;
    private const long WholeMicros = 1_000_000;

    private static readonly FieldViolation TermsRequired = TermViolations.Required("fee", "a fee or an advance", "une rémunération ou une avance");

    private static readonly FieldViolation FeeAndAdvance = new(
        "advance",
        "FEE_AND_ADVANCE",
        new("These are a fee and an advance at once.", "Il s'agit à la fois d'une rémunération et d'une avance."),
        new("Propose each of its own, and versions of one alike.", "Proposez chacune séparément, et des versions de même nature."));

    private static readonly FieldViolation CeilingBelowFloor = new(
        "advance.ceiling",
        "CEILING_BELOW_FLOOR",
        new("The most that the advance is would be below the least.", "Le plafond de l'avance serait inférieur à son plancher."),
        new("Raise the ceiling, or lower the floor.", "Relevez le plafond, ou abaissez le plancher."));

    /// <summary>What a version says; null with violations.</summary>
    /// <param name="fee">As sent.</param>
    /// <param name="advance">As sent.</param>
    /// <param name="former">What another version of the same says; null when there is none.</param>
    /// <param name="violations">Gets what is wrong.</param>
    public static FinancialVersion? Read(FeeTerms? fee, AdvanceTerms? advance, FinancialVersion? former, List<FieldViolation> violations)
    {
        var before = violations.Count;
        if (fee is null && advance is null)
            violations.Add(TermsRequired with { Reason = "TERMS_REQUIRED" });
        else if ((fee is not null && advance is not null) || (former is not null && former.Fee is null != fee is null))
            violations.Add(FeeAndAdvance);

        var read = new FinancialVersion
        {
            Fee = fee is null ? null : ReadFee(fee.Clone(), violations),
            Advance = advance is null ? null : ReadAdvance(advance.Clone(), violations),
        };
        return violations.Count > before ? null : read;
    }

    /// <summary>True for a basis of which a percentage is the fee.</summary>
    public static bool IsShare(FeeBasis basis) => basis is FeeBasis.PercentOfPremiums or FeeBasis.PercentOfBenefits;

    private static FeeTerms ReadFee(FeeTerms fee, List<FieldViolation> violations)
    {
        fee.Title = TextField.ReadLine("fee.title", fee.Title, LongestTitle, violations) ?? "";
        TermViolations.Check("fee.basis", fee.Basis, required: true, "on what it is counted", "l'assiette", violations);
        if (fee.RateMicros == 0)
            violations.Add(TermViolations.Required("fee.rate_micros", "the rate", "le taux"));
        else
            TermViolations.InRange("fee.rate_micros", fee.RateMicros, 1, IsShare(fee.Basis) ? WholeMicros : MostRateMicros, violations);

        TermViolations.Check("fee.period", fee.Period, required: true, "the period", "la période", violations);
        if (fee.Minimum is not null)
            Euros.ReadPositive("fee.minimum", fee.Minimum, violations);

        TermViolations.InRange("fee.payment_days", fee.PaymentDays, 0, 90, violations);
        fee.PaymentDays = fee.PaymentDays == 0 ? UsualPaymentDays : fee.PaymentDays;
        fee.Note = TextField.ReadText("fee.note", fee.Note, LongestNote, violations) ?? "";
        return fee;
    }

    private static AdvanceTerms ReadAdvance(AdvanceTerms advance, List<FieldViolation> violations)
    {
        if (advance.Initial is null)
            violations.Add(TermViolations.Required("advance.initial", "the advance to start with", "l'avance initiale"));
        else
            Euros.ReadPositive("advance.initial", advance.Initial, violations);

        TermViolations.InRange("advance.coverage_days", advance.CoverageDays, 1, 366, violations);
        TermViolations.InRange("advance.window_months", advance.WindowMonths, 1, 24, violations);
        TermViolations.InRange("advance.margin_hundredths", advance.MarginHundredths, 0, 100_00, violations);
        TermViolations.InRange("advance.threshold_hundredths", advance.ThresholdHundredths, 0, 100_00, violations);
        if (advance.Step is not null)
            Euros.ReadPositive("advance.step", advance.Step, violations);

        var floor = advance.Floor is null ? null : Euros.ReadPositive("advance.floor", advance.Floor, violations);
        var ceiling = advance.Ceiling is null ? null : Euros.ReadPositive("advance.ceiling", advance.Ceiling, violations);
        if (ceiling < floor)
            violations.Add(CeilingBelowFloor);

        TermViolations.Check("advance.period", advance.Period, required: true, "how often it is estimated again", "la périodicité de réestimation", violations);
        return advance;
    }
}
