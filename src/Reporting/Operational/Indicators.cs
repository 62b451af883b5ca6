using Delegation.Contracts.V1;
using Delegation.ServiceDefaults.Calendar;

namespace Delegation.Reporting.Operational;

/// <summary>Where the figures of an indicator of the trade come from: operations of a kind on a clock, or a quotient of what was counted.</summary>
internal static class Indicators
{
    private static readonly Dictionary<string, string> Kinds = new()
    {
        ["NOEMIE_CLAIM_TIME"] = "claim_noemie",
        ["CLAIM_TIME"] = "claim_other",
        ["ESTIMATE_TIME"] = "quote",
        ["HOSPITAL_COVERAGE_TIME"] = "hospital_cover",
        ["ENROLMENT_TIME"] = "enrolment",
        ["CARD_TIME"] = "card",
        ["PROVIDER_PAYMENT_TIME"] = "provider_payment",
        ["CALL_SERVICE_LEVEL"] = "call",
        ["MAIL_ANSWER_TIME"] = "email",
        ["LETTER_ANSWER_TIME"] = "letter",
        ["COMPLAINT_ACKNOWLEDGEMENT_TIME"] = "complaint",
        ["COMPLAINT_ANSWER_TIME"] = "complaint",
        ["CANCELLATION_REFUND_TIME"] = "termination",
    };

    // Formulas of the trade; the factor turns a quotient into hundredths of a percent, or into hundredths of what is counted.
    private static readonly Dictionary<string, (Func<Figures, Period, (Int128 Numerator, Int128 Denominator)> Quotient, int Factor)> Quotients = new()
    {
        ["CALL_ANSWER_RATE"] = ((figures, _) => (figures.CallsAnswered, figures.CallsOffered), 100_00),
        ["AUTOMATION_RATE"] = ((figures, _) => (figures.ClaimsAutomated, figures.ClaimsTold), 100_00),
        ["ERROR_RATE"] = ((figures, _) => (figures.Erroneous, figures.Checked), 100_00),
        ["FIRST_PASS_RATE"] = ((figures, _) => (figures.Checked - figures.Erroneous, figures.Checked), 100_00),
        ["NOEMISATION_RATE"] = ((figures, _) => (figures.LinksActive, figures.Links), 100_00),
        ["REPORT_PUNCTUALITY"] = ((figures, _) => (figures.ReportsInTime, figures.ReportsDue), 100_00),
        // Per 1000 insured.
        ["COMPLAINT_RATE"] = ((figures, _) => ((Int128)figures.ComplaintsReceived * 1000, figures.Insured), 100),
        // Stock over the output of a working day.
        ["BACKLOG"] = ((figures, days) => ((Int128)figures.Stock * WorkingDays(days), figures.Closed), 100),
    };

    /// <summary>The kind of operations whose times it is about, as it is stored; null where imports tell no such times.</summary>
    public static string? KindOf(string indicator) => Kinds.GetValueOrDefault(indicator);

    /// <summary>What a quotient comes to, and of how many items; null where nothing is counted for the indicator.</summary>
    public static Quotient? Of(CommitmentTerms terms, Figures figures, Period days)
    {
        if (!Quotients.TryGetValue(terms.IndicatorCode, out var formula))
            return null;

        var (numerator, denominator) = formula.Quotient(figures, days);
        return Quotient.Of(terms.Direction, numerator, denominator, formula.Factor);
    }

    private static int WorkingDays(Period days) => BusinessCalendar.Ouvres.CountAfter(days.Start.AddDays(-1), days.End);
}

/// <summary>A quotient in hundredths, rounded away from the target so that rounding never keeps a commitment; none by zero.</summary>
internal sealed record Quotient(long? Hundredths, long Numerator, long Denominator)
{
    public static Quotient Of(TargetDirection direction, Int128 numerator, Int128 denominator, int factor) => new(
        denominator == 0 ? null : (long)(direction == TargetDirection.AtLeast ? numerator * factor / denominator : ((numerator * factor) + denominator - 1) / denominator),
        (long)numerator,
        (long)denominator);
}
