using Delegation.Contracts.V1;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Kind = Delegation.Contracts.V1.DueAnnex.Types.Kind;

namespace Delegation.Contracts.LetterOfEngagement;

/// <summary>The annexes that are still due when a letter is signed.</summary>
internal static class DueAnnexes
{
    private const int MostAnnexes = 50;
    private const int LongestTitle = 200;

    /// <summary>Those that no letter goes without: the four of the trade.</summary>
    public static readonly IReadOnlyList<Kind> Mandatory = [Kind.ServiceLevelAgreement, Kind.CybersecurityPolicy, Kind.CsrCharter, Kind.BusinessContinuityPlan];

    public static IReadOnlyList<DueAnnex> OfTheTrade(DateOnly dueDay) =>
        [.. Mandatory.Select(kind => new DueAnnex { Kind = kind, DueDay = DayField.Write(dueDay) })];

    public static IReadOnlyList<DueAnnex> Read(IReadOnlyList<DueAnnex> given, List<FieldViolation> violations)
    {
        if (given.Count > MostAnnexes)
        {
            violations.Add(LetterViolations.TooManyAnnexes(given.Count, MostAnnexes));
            return [];
        }

        var read = new List<DueAnnex>();
        for (var place = 0; place < given.Count; place++)
        {
            var annex = ReadOne($"due_annexes[{place}]", given[place], violations);
            if (read.Any(other => other.Kind == annex.Kind && other.Title == annex.Title))
                violations.Add(LetterViolations.AnnexRepeated($"due_annexes[{place}].kind"));

            read.Add(annex);
        }

        return read;
    }

    /// <summary>No annex is due after the letter has ended.</summary>
    public static void CheckEnd(IReadOnlyList<DueAnnex> annexes, DateOnly? end, List<FieldViolation> violations)
    {
        for (var place = 0; place < annexes.Count; place++)
            if (end is { } last && string.CompareOrdinal(annexes[place].DueDay, DayField.Write(last)) > 0)
                violations.Add(LetterViolations.DueAfterEnd($"due_annexes[{place}].due_day"));
    }

    private static DueAnnex ReadOne(string path, DueAnnex annex, List<FieldViolation> violations)
    {
        if (annex.Kind == Kind.Unspecified || !Enum.IsDefined(annex.Kind))
            violations.Add(LetterViolations.AnnexKind($"{path}.kind", annex.Kind));

        var title = "";
        if (annex.Kind == Kind.Other)
            title = ReadTitle($"{path}.title", annex.Title, violations);
        else if (annex.Title.Length > 0)
            violations.Add(LetterViolations.AnnexTitle($"{path}.title", "UNWANTED"));

        return new DueAnnex { Kind = annex.Kind, Title = title, DueDay = DayField.Write(DayField.Read($"{path}.due_day", annex.DueDay, violations)) };
    }

    private static string ReadTitle(string path, string title, List<FieldViolation> violations)
    {
        if (title.Trim().Length == 0)
        {
            violations.Add(LetterViolations.AnnexTitle(path, "REQUIRED"));
            return "";
        }

        return (TextField.ReadLine(path, title, LongestTitle, violations) ?? "").Normalize();
    }
}
