using Delegation.Reporting.Imports;

namespace Delegation.Reporting.ContractReferences;

/// <summary>What a reference of a contract means, as far as that can be told without a person.</summary>
/// <param name="Number">The insurer's number; null where none is near.</param>
/// <param name="Confidence">0 to 100.</param>
/// <param name="IsDoubtful">Whether somebody has to decide.</param>
internal readonly record struct FoundContract(string? Number, int Confidence, bool IsDoubtful);

/// <summary>
/// Finds the insurer's contract that a reference of the delegate means: the same number; the same but for case, accents, what stands between
/// letters and digits, and zeros in front; or the nearest, which a person has to confirm.
/// </summary>
internal sealed class ContractMatcher(IReadOnlyCollection<string> numbers)
{
    private const int Normalised = 95;

    // Below that the nearest is as good as any.
    private const int Near = 60;

    private readonly HashSet<string> _exact = [.. numbers];
    private readonly (string Number, string Form)[] _forms = [.. numbers.Select(number => (number, Normal(number)))];

    public FoundContract Find(string reference)
    {
        if (_exact.Contains(reference))
            return new FoundContract(reference, 100, false);

        var form = Normal(reference);
        var same = _forms.Where(one => one.Form == form).Take(2).ToArray();
        if (same.Length == 1)
            return new FoundContract(same[0].Number, Normalised, false);

        var nearest = _forms.Select(one => (one.Number, Confidence: Similarity(one.Form, form))).OrderByDescending(one => one.Confidence).ThenBy(one => one.Number, StringComparer.Ordinal).FirstOrDefault();
        return nearest.Confidence >= Near ? new FoundContract(nearest.Number, Math.Min(nearest.Confidence, Normalised - 1), true) : new FoundContract(null, 0, true);
    }

    /// <summary>Letters and digits alone, each number without zeros in front.</summary>
    internal static string Normal(string reference)
    {
        var form = new System.Text.StringBuilder(reference.Length);
        foreach (var character in Folded.Of(reference))
        {
            if (character == ' ' || (character == '0' && (form.Length == 0 || !char.IsAsciiDigit(form[^1]))))
                continue;
            form.Append(character);
        }

        return form.ToString();
    }

    // Percent of the longer one that need not be changed (Levenshtein).
    private static int Similarity(string one, string other)
    {
        if (one.Length == 0 || other.Length == 0)
            return 0;

        var before = Enumerable.Range(0, other.Length + 1).ToArray();
        var row = new int[other.Length + 1];
        for (var i = 1; i <= one.Length; i++)
        {
            row[0] = i;
            for (var j = 1; j <= other.Length; j++)
                row[j] = Math.Min(Math.Min(row[j - 1], before[j]) + 1, before[j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1));
            (before, row) = (row, before);
        }

        return 100 - (before[other.Length] * 100 / Math.Max(one.Length, other.Length));
    }
}
