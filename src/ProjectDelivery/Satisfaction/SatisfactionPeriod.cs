using System.Globalization;
using System.Text.RegularExpressions;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Time;

namespace Delegation.ProjectDelivery.Satisfaction;

/// <summary>How long a period is.</summary>
internal enum PeriodKind
{
    /// <summary>A calendar month.</summary>
    Month,

    /// <summary>A calendar quarter.</summary>
    Quarter,

    /// <summary>A calendar year.</summary>
    Year,
}

/// <summary>A month <c>2026-03</c>, a quarter <c>2026-Q1</c>, in French also <c>2026-T1</c>, or a year <c>2026</c>.</summary>
internal sealed partial record SatisfactionPeriod(PeriodKind Kind, DateOnly FirstDay)
{
    // What is asked about is remembered no longer, and surveys of before the delegation help nobody.
    private const int YearsBack = 5;

    private static readonly LocalizedText GiveAPeriod = new(
        "Write a month as 2026-03, a quarter as 2026-Q1 or a year as 2026.", "Écrivez un mois (2026-03), un trimestre (2026-T1) ou une année (2026).");

    public string Text => Kind switch
    {
        PeriodKind.Month => FirstDay.ToString("yyyy-MM", CultureInfo.InvariantCulture),
        PeriodKind.Quarter => string.Create(CultureInfo.InvariantCulture, $"{FirstDay.Year:0000}-Q{((FirstDay.Month - 1) / 3) + 1}"),
        _ => FirstDay.ToString("yyyy", CultureInfo.InvariantCulture),
    };

    /// <summary>The instant at which it is over in Paris.</summary>
    public DateTimeOffset End => ParisDays.StartOf(FirstDay.AddMonths(Months));

    public DateOnly LastDay => FirstDay.AddMonths(Months).AddDays(-1);

    /// <summary>Its number in the calendar: the next period of its length has the next one.</summary>
    public int Number => ((FirstDay.Year * 12) + FirstDay.Month - 1) / Months;

    private int Months => Kind switch { PeriodKind.Month => 1, PeriodKind.Quarter => 3, _ => 12 };

    /// <summary>The period of a text; null for anything else.</summary>
    public static SatisfactionPeriod? Parse(string text)
    {
        if (Form().Match(text) is not { Success: true } match)
            return null;

        var year = int.Parse(match.Groups["year"].ValueSpan, CultureInfo.InvariantCulture);
        return match.Groups["month"] is { Success: true } month ? new(PeriodKind.Month, new DateOnly(year, int.Parse(month.ValueSpan, CultureInfo.InvariantCulture), 1))
            : match.Groups["quarter"] is { Success: true } quarter ? new(PeriodKind.Quarter, new DateOnly(year, (quarter.ValueSpan[0] - '0' - 1) * 3 + 1, 1))
            : new(PeriodKind.Year, new DateOnly(year, 1, 1));
    }

    /// <summary>True for one that has begun, and is not too long ago.</summary>
    public bool IsInRange(DateTimeOffset now) => ParisDays.StartOf(FirstDay) <= now && FirstDay >= ParisDays.DayAt(now).AddYears(-YearsBack).AddMonths(1 - Months);

    /// <summary>The period of a field, or null with a violation (<c>PERIOD_REQUIRED</c>, <c>_MALFORMED</c>, <c>_OUT_OF_RANGE</c>).</summary>
    public static SatisfactionPeriod? Read(string field, string text, DateTimeOffset now, ICollection<FieldViolation> violations)
    {
        var period = Parse(text);
        var name = field.ToUpperInvariant();
        if (text.Length == 0)
            violations.Add(new(field, $"{name}_REQUIRED", new("The period is missing.", "La période n'est pas renseignée."), GiveAPeriod));
        else if (period is null)
            violations.Add(new(field, $"{name}_MALFORMED", new("This is no period.", "Ceci n'est pas une période."), GiveAPeriod));
        else if (!period.IsInRange(now))
            violations.Add(new(
                field, $"{name}_OUT_OF_RANGE", new("This period has not begun, or is long ago.", "Cette période n'a pas commencé, ou est trop ancienne."),
                new($"Give one of the last {YearsBack} years.", $"Indiquez-en une des {YearsBack} dernières années.")));
        else
            return period;

        return null;
    }

    [GeneratedRegex(@"^(?<year>(19|20|21)\d\d)(-(?<month>0[1-9]|1[0-2])|-[QT](?<quarter>[1-4]))?\z")]
    private static partial Regex Form();
}
