using Delegation.Contracts.V1;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;

namespace Delegation.Contracts.LetterOfEngagement;

/// <summary>The minimum terms in a letter: each topic once, in the order of the topics.</summary>
internal static class LetterTerms
{
    private const int LongestText = 5000;

    /// <summary>All topics that a letter must have when it is issued.</summary>
    public static IReadOnlyList<MinimumTermTopic> Required { get; } = [.. Enum.GetValues<MinimumTermTopic>().Where(topic => topic != MinimumTermTopic.Unspecified)];

    /// <summary>The terms with those of a request in place of the former ones of their topics.</summary>
    public static IReadOnlyList<LetterTerm> Merge(IReadOnlyList<LetterTerm> former, IReadOnlyList<LetterTerm> given, List<FieldViolation> violations)
    {
        var read = new List<LetterTerm>();
        for (var place = 0; place < given.Count; place++)
        {
            var path = $"terms[{place}]";
            if (!Required.Contains(given[place].Topic))
                violations.Add(LetterViolations.Topic($"{path}.topic", given[place].Topic));
            else if (read.Any(term => term.Topic == given[place].Topic))
                violations.Add(LetterViolations.TopicRepeated($"{path}.topic"));

            read.Add(new LetterTerm { Topic = given[place].Topic, Text = ReadText($"{path}.text", given[place].Text, violations) });
        }

        return [.. read.Concat(former.Where(term => read.All(newer => newer.Topic != term.Topic))).OrderBy(term => term.Topic)];
    }

    // One form of line end and of accents: the same words have the same hash, wherever they were typed.
    private static string ReadText(string path, string text, List<FieldViolation> violations)
    {
        if (text.Trim().Length == 0)
            violations.Add(LetterViolations.TermTextRequired(path));

        return (TextField.ReadText(path, text, LongestText, violations) ?? "").ReplaceLineEndings("\n").Normalize();
    }
}
