using System.Globalization;
using Delegation.Delivery.V1;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;

namespace Delegation.ProjectDelivery.Satisfaction;

/// <summary>Reads one line of a survey, and keeps what is wrong with each cell.</summary>
internal sealed class SurveyLine(SurveyColumns columns, string[] record, int line, DateTimeOffset now, ICollection<FieldViolation> violations)
{
    private static readonly Dictionary<string, SatisfactionTheme> Themes = new()
    {
        ["globale"] = SatisfactionTheme.Overall, ["overall"] = SatisfactionTheme.Overall,
        ["reactivite"] = SatisfactionTheme.Responsiveness, ["responsiveness"] = SatisfactionTheme.Responsiveness,
        ["qualite"] = SatisfactionTheme.Quality, ["quality"] = SatisfactionTheme.Quality,
        ["delais"] = SatisfactionTheme.Deadlines, ["deadlines"] = SatisfactionTheme.Deadlines,
        ["communication"] = SatisfactionTheme.Communication,
        ["relation"] = SatisfactionTheme.Relationship, ["relationship"] = SatisfactionTheme.Relationship,
        ["numerique"] = SatisfactionTheme.Digital, ["digital"] = SatisfactionTheme.Digital,
    };

    private static readonly LocalizedText CountAnswers = new("Write a whole number.", "Écrivez un nombre entier.");

    /// <summary>The result; null with violations.</summary>
    public SurveyResultRow? Read()
    {
        var before = violations.Count;
        var period = Period();
        var theme = Theme();
        var question = Question();
        var answers = Count(SurveyColumns.Answers, isRequired: true);
        if (answers == 0)
            Wrong(SurveyColumns.Answers, "CELL_OUT_OF_RANGE", new("nobody answered.", "personne n'a répondu."), new("Leave the line out.", "Supprimez la ligne."));
        var mean = Number(SurveyColumns.Mean, 0, 10);
        var nps = Number(SurveyColumns.Nps, -100, 100);
        var scores = Scores(answers);
        if (mean is null && nps is null && scores is null && violations.Count == before)
            violations.Add(SurveyViolations.FigureRequired(line));
        if (scores is not null)
        {
            mean = Agreeing(SurveyColumns.Mean, mean, SurveyResultRow.MeanOf(scores), 0.05);
            nps = Agreeing(SurveyColumns.Nps, nps, SurveyResultRow.NpsOf(scores), 0.5);
        }

        return violations.Count > before ? null : new SurveyResultRow
        {
            Period = period!.Text, Theme = theme!.Value.Stored(), Question = question, Answers = answers!.Value, Mean = mean, Nps = nps, Scores = scores,
        };
    }

    private SatisfactionPeriod? Period()
    {
        var text = columns.Cell(SurveyColumns.Period, record).Value;
        var write = new LocalizedText("Write a month as 2026-03, a quarter as 2026-Q1 or a year as 2026.", "Écrivez un mois (2026-03), un trimestre (2026-T1) ou une année (2026).");
        if (text.Length == 0)
            Wrong(SurveyColumns.Period, "CELL_REQUIRED", new("the cell is empty.", "la cellule est vide."), write);
        else if (SatisfactionPeriod.Parse(text) is not { } period)
            Wrong(SurveyColumns.Period, "CELL_MALFORMED", new("this is no period.", "ceci n'est pas une période."), write);
        else if (!period.IsInRange(now))
            Wrong(
                SurveyColumns.Period, "CELL_OUT_OF_RANGE", new("this period has not begun, or is long ago.", "cette période n'a pas commencé, ou est trop ancienne."),
                new("Give one of the last five years.", "Indiquez-en une des cinq dernières années."));
        else
            return period;

        return null;
    }

    private SatisfactionTheme? Theme()
    {
        var text = columns.Cell(SurveyColumns.Theme, record).Value;
        if (Themes.TryGetValue(PersonalText.Plain(text), out var theme))
            return theme;

        Wrong(
            SurveyColumns.Theme, text.Length == 0 ? "CELL_REQUIRED" : "CELL_MALFORMED", text.Length == 0 ? new("the cell is empty.", "la cellule est vide.") : new("this is no theme.", "ce thème n'est pas connu."),
            new("Write overall, responsiveness, quality, deadlines, communication, relationship or digital.",
                "Écrivez globale, reactivite, qualite, delais, communication, relation ou numerique."));
        return null;
    }

    private string Question()
    {
        var text = columns.Cell(SurveyColumns.Question, record).Value;
        var found = new List<FieldViolation>();
        var question = text.Length == 0 ? "" : TextField.ReadLine("question", text, 200, found);
        foreach (var violation in found)
            Wrong(
                SurveyColumns.Question, violation.Reason.EndsWith("TOO_LONG", StringComparison.Ordinal) ? "CELL_TOO_LONG" : "CELL_INVISIBLE_CHARACTER",
                violation.Description, violation.Remedy!);
        if (question is not null && PersonalText.IsIn(question))
            Wrong(
                SurveyColumns.Question, "CELL_PERSONAL", new("this looks like data of a person.", "ceci ressemble à des données d'une personne."),
                new("Write the question as it was asked to all.", "Écrivez la question telle qu'elle a été posée à tous."));

        return question ?? "";
    }

    private long[]? Scores(long? answers)
    {
        if (SurveyColumns.Scores.All(column => columns.Cell(column, record).Value.Length == 0))
            return null;

        var counts = SurveyColumns.Scores.Select(column => Count(column, isRequired: true)).ToArray();
        if (counts.Any(count => count is null) || answers is null)
            return null;

        var scores = counts.Select(count => count!.Value).ToArray();
        if (scores.Sum() == answers)
            return scores;

        Wrong(
            SurveyColumns.Answers, "CELL_DIFFERS", new("the scores do not add up to it.", "la somme des notes en diffère."),
            new("Correct the number of answers or that of a score.", "Corrigez le nombre de réponses ou l'effectif d'une note."));
        return null;
    }

    // What the scores give, exactly; what the file says of it has to be the same, rounded.
    private double Agreeing(SurveyColumn column, double? given, double computed, double rounding)
    {
        if (given is not null && Math.Abs(given.Value - computed) > rounding + 1e-9)
            Wrong(
                column, "CELL_DIFFERS",
                new($"the scores give {computed.ToString("0.##", CultureInfo.InvariantCulture)}.", $"les notes donnent {computed.ToString("0.##", CultureInfo.InvariantCulture)}."),
                new("Correct it, or leave it out: it is computed from the scores.", "Corrigez cette valeur ou omettez-la : elle se calcule à partir des notes."));

        return computed;
    }

    private long? Count(SurveyColumn column, bool isRequired)
    {
        var text = columns.Cell(column, record).Value;
        if (text.Length == 0 && isRequired)
            Wrong(column, "CELL_REQUIRED", new("the cell is empty.", "la cellule est vide."), CountAnswers);
        else if (!long.TryParse(text.Replace(" ", "", StringComparison.Ordinal).Replace("\u00a0", "", StringComparison.Ordinal), NumberStyles.None, CultureInfo.InvariantCulture, out var count))
            Wrong(column, "CELL_MALFORMED", new("this is no whole number.", "ceci n'est pas un nombre entier."), CountAnswers);
        else if (count > 1_000_000_000)
            Wrong(column, "CELL_OUT_OF_RANGE", new("this is more than there are people.", "cela dépasse toute population."), CountAnswers);
        else
            return count;

        return null;
    }

    private double? Number(SurveyColumn column, double least, double most)
    {
        var text = columns.Cell(column, record).Value;
        if (text.Length == 0)
            return null;

        var remedy = new LocalizedText($"Write a number from {least:0} to {most:0}.", $"Écrivez un nombre de {least:0} à {most:0}.");
        if (!double.TryParse(text.Replace(',', '.'), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            Wrong(column, "CELL_MALFORMED", new("this is no number.", "ceci n'est pas un nombre."), remedy);
        else if (number < least || number > most)
            Wrong(column, "CELL_OUT_OF_RANGE", new("this number is out of range.", "ce nombre est hors limites."), remedy);
        else
            return number;

        return null;
    }

    private void Wrong(SurveyColumn column, string reason, LocalizedText problem, LocalizedText remedy) =>
        violations.Add(SurveyViolations.Cell(line, columns.Cell(column, record).Name, reason, problem, remedy));
}
