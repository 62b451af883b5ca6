using System.Globalization;
using Delegation.ServiceDefaults.Errors;

namespace Delegation.ServiceDefaults.Fields;

/// <summary>A day in a request: ISO 8601, in the calendar of Paris.</summary>
public static class DayField
{
    private const string Form = "yyyy-MM-dd";

    /// <summary>The day, or null with a violation (<c>DUE_DAY_REQUIRED</c>, <c>DUE_DAY_MALFORMED</c> for the field <c>due_day</c>).</summary>
    public static DateOnly? Read(string field, string text, ICollection<FieldViolation> violations)
    {
        if (text.Length > 0)
            return ReadOptional(field, text, violations);

        violations.Add(new FieldViolation(
            field, FieldReason.Of(field, "REQUIRED"), new("The day is missing.", "Le jour n'est pas renseigné."), GiveADay));
        return null;
    }

    /// <summary>The same where the field may be left empty, which is null without a violation.</summary>
    public static DateOnly? ReadOptional(string field, string text, ICollection<FieldViolation> violations)
    {
        if (text.Length == 0)
            return null;
        if (DateOnly.TryParseExact(text, Form, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is >= 1900 and <= 2200)
            return day;

        violations.Add(new FieldViolation(
            field,
            FieldReason.Of(field, "MALFORMED"),
            new("This is not a day between 1900 and 2200.", "Ceci n'est pas un jour compris entre 1900 et 2200."),
            GiveADay));
        return null;
    }

    /// <summary>A day as the contract writes it; nothing for null.</summary>
    public static string Write(DateOnly? day) => day?.ToString(Form, CultureInfo.InvariantCulture) ?? "";

    private static LocalizedText GiveADay { get; } = new(
        "Write the year, the month and the day, as in 2026-03-01.",
        "Écrivez l'année, le mois et le jour, par exemple 2026-03-01.");
}
