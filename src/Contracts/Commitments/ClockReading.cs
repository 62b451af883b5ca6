using System.Globalization;
using Delegation.Contracts.V1;
using Delegation.ServiceDefaults.Errors;

namespace Delegation.Contracts.Commitments;

/// <summary>The clock of a commitment: a clock of days has a calendar and a rule for its first day, one of office hours has hours, any other neither.</summary>
internal static class ClockReading
{
    private static readonly LocalizedText WriteATime = new("Write hours and minutes, as in 17:30.", "Écrivez l'heure et les minutes, par exemple 17:30.");

    public static void Check(CommitmentTerms terms, List<FieldViolation> violations)
    {
        if (!TargetReading.IsTimed(terms.Measure))
        {
            TermViolations.Unused("terms.clock", terms.Clock is not null, "the measure is no time", "la mesure n'est pas un délai", violations);
            return;
        }

        if (terms.Clock is not { } clock)
        {
            violations.Add(TermViolations.Required("terms.clock", "the clock of the measure", "le décompte du délai"));
            return;
        }

        CheckEvents(clock, violations);
        CheckDays(clock, terms.TimeUnit, violations);
        CheckHours(clock, terms.TimeUnit, violations);
        for (var place = 0; place < clock.Pauses.Count; place++)
        {
            if (!StoredNames.IsKnown(clock.Pauses[place]))
                violations.Add(TermViolations.Unknown($"terms.clock.pauses[{place}]"));
            else if (clock.Pauses.Take(place).Contains(clock.Pauses[place]))
                violations.Add(TermViolations.Repeated($"terms.clock.pauses[{place}]"));
        }

        TermViolations.Check(
            "terms.clock.open_items", clock.OpenItems, required: true, "what becomes of items open at the end of the period", "le sort des dossiers en cours en fin de période", violations);
    }

    private static void CheckEvents(CommitmentClock clock, List<FieldViolation> violations)
    {
        TermViolations.Check("terms.clock.start", clock.Start, required: true, "what starts the clock", "ce qui déclenche le délai", violations);
        if (TermViolations.Check("terms.clock.stop", clock.Stop, required: true, "what stops the clock", "ce qui arrête le délai", violations) && clock.Stop == clock.Start)
            violations.Add(new FieldViolation(
                "terms.clock.stop",
                "STOP_IS_START",
                new("The clock would stop as it starts.", "Le délai s'arrêterait à son départ."),
                new("Choose another event.", "Choisissez un autre événement.")));
    }

    private static void CheckDays(CommitmentClock clock, TimeUnit unit, List<FieldViolation> violations)
    {
        var (inDays, hasCalendar) = (unit == TimeUnit.Days, unit is TimeUnit.Days or TimeUnit.OfficeHours);
        const string NoDays = "the unit of time knows no days";
        const string SansJours = "l'unité de temps ne connaît pas de jours";

        if (TermViolations.Check("terms.clock.day_zero", clock.DayZero, inDays, "how the first day counts", "la règle du jour zéro", violations))
            TermViolations.Unused("terms.clock.day_zero", !inDays, "only a clock of days counts its first day", "seul un décompte en jours connaît un jour zéro", violations);

        if (TermViolations.Check("terms.clock.calendar", clock.Calendar, hasCalendar, "which days count", "le calendrier", violations))
            TermViolations.Unused("terms.clock.calendar", !hasCalendar, NoDays, SansJours, violations);

        TermViolations.Unused(
            "terms.clock.alsace_moselle", clock.AlsaceMoselle && (!hasCalendar || clock.Calendar == ClockCalendar.AllDays),
            "public holidays do not matter to this clock", "les jours fériés n'importent pas à ce décompte", violations);
        TermViolations.Unused("terms.clock.cut_off", clock.CutOff.Length > 0 && !hasCalendar, NoDays, SansJours, violations);
    }

    private static void CheckHours(CommitmentClock clock, TimeUnit unit, List<FieldViolation> violations)
    {
        var cutOff = ReadTime("terms.clock.cut_off", clock.CutOff, violations);
        var opening = ReadTime("terms.clock.opening", clock.Opening, violations);
        var closing = ReadTime("terms.clock.closing", clock.Closing, violations);
        if (unit != TimeUnit.OfficeHours)
        {
            TermViolations.Unused("terms.clock.opening", opening is not null, "the time is not in office hours", "le délai n'est pas en heures ouvrées", violations);
            TermViolations.Unused("terms.clock.closing", closing is not null, "the time is not in office hours", "le délai n'est pas en heures ouvrées", violations);
            return;
        }

        if (clock.Opening.Length == 0)
            violations.Add(TermViolations.Required("terms.clock.opening", "when offices open", "l'heure d'ouverture"));
        if (clock.Closing.Length == 0)
            violations.Add(TermViolations.Required("terms.clock.closing", "when offices close", "l'heure de fermeture"));
        if (closing <= opening)
            violations.Add(new FieldViolation(
                "terms.clock.closing",
                "CLOSING_BEFORE_OPENING",
                new("Offices would close before they open.", "La fermeture précéderait l'ouverture."),
                new("Give a later time.", "Indiquez une heure postérieure.")));
        if (cutOff <= opening || cutOff > closing)
            violations.Add(new FieldViolation(
                "terms.clock.cut_off",
                "CUT_OFF_OUTSIDE_HOURS",
                new("Offices are closed at this time.", "Les bureaux sont fermés à cette heure."),
                new("Give a time after they open and not after they close.", "Indiquez une heure postérieure à l'ouverture et non postérieure à la fermeture.")));
    }

    private static TimeOnly? ReadTime(string field, string text, List<FieldViolation> violations)
    {
        if (text.Length == 0)
            return null;
        if (TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
            return time;

        violations.Add(new FieldViolation(
            field, $"{field[(field.LastIndexOf('.') + 1)..].ToUpperInvariant()}_MALFORMED", new("This is no time of day.", "Ceci n'est pas une heure."), WriteATime));
        return null;
    }
}
