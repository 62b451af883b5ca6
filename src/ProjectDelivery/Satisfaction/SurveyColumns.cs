using System.Globalization;
using Delegation.ServiceDefaults.Errors;

namespace Delegation.ProjectDelivery.Satisfaction;

/// <summary>A column of a survey, by its names in files.</summary>
internal sealed record SurveyColumn(string French, string English, bool IsRequired = false);

/// <summary>The columns of a survey, and where a file has them.</summary>
internal sealed class SurveyColumns
{
    public static readonly SurveyColumn Period = new("periode", "period", true);
    public static readonly SurveyColumn Theme = new("theme", "theme", true);
    public static readonly SurveyColumn Answers = new("reponses", "answers", true);
    public static readonly SurveyColumn Question = new("question", "question");
    public static readonly SurveyColumn Mean = new("moyenne", "mean");
    public static readonly SurveyColumn Nps = new("nps", "nps");

    public static readonly SurveyColumn[] Scores =
        [.. Enumerable.Range(0, 11).Select(score => score.ToString(CultureInfo.InvariantCulture)).Select(score => new SurveyColumn($"note_{score}", $"score_{score}"))];

    private static readonly SurveyColumn[] All = [Period, Theme, Answers, Question, Mean, Nps, .. Scores];

    private readonly Dictionary<SurveyColumn, (int Place, string Name)> _places = [];

    public int Count { get; private init; }

    /// <summary>Reads the first line; what is wrong with it is added.</summary>
    public static SurveyColumns Read(string[] names, ICollection<FieldViolation> violations)
    {
        var columns = new SurveyColumns { Count = names.Length };
        for (var place = 0; place < names.Length; place++)
        {
            var plain = Plain(names[place]);
            var column = All.FirstOrDefault(column => Plain(column.French) == plain || Plain(column.English) == plain);
            if (column is not null && !columns._places.TryAdd(column, (place, plain == Plain(column.French) ? column.French : column.English)))
                violations.Add(SurveyViolations.ColumnTwice(names[place]));
            else if (column is null)
                violations.Add(PersonalText.IsNameOfColumn(names[place]) ? SurveyViolations.ColumnPersonal(names[place]) : SurveyViolations.ColumnUnknown(names[place]));
        }

        foreach (var missing in All.Where(column => column.IsRequired && !columns._places.ContainsKey(column)))
            violations.Add(SurveyViolations.ColumnMissing(missing.French));
        if (Scores.Any(columns._places.ContainsKey))
            foreach (var missing in Scores.Where(column => !columns._places.ContainsKey(column)))
                violations.Add(SurveyViolations.ColumnMissing(missing.French));

        return columns;
    }

    /// <summary>What a line has in a column, and how the file calls it; empty where the file leaves the column out.</summary>
    public (string Name, string Value) Cell(SurveyColumn column, string[] record) =>
        _places.TryGetValue(column, out var found) ? (found.Name, record[found.Place].Trim()) : (column.French, "");

    private static string Plain(string name) => PersonalText.Plain(name).Replace(" ", "", StringComparison.Ordinal);
}
