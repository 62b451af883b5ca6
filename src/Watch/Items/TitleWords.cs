using System.Text;

namespace Delegation.Watch.Items;

/// <summary>What a title says, as the set of its words: without accents, endings of plurals and the words that say nothing.</summary>
internal sealed record TitleWords(IReadOnlySet<string> Words, IReadOnlySet<string> Numbers)
{
    private static readonly HashSet<string> Empty =
    [
        "a", "au", "aux", "avec", "ce", "ces", "cette", "d", "dan", "de", "de", "du", "en", "est", "et", "il", "l", "la", "le", "leur", "n", "ne", "nou", "on", "ou", "par", "pa", "pour",
        "qu", "que", "qui", "s", "sa", "se", "son", "sont", "sur", "un", "une", "no", "votre", "apre", "avant", "ver", "the", "of", "and", "in", "on", "to", "for", "an", "it", "by",
        "communique", "presse", "actualite", "publication", "publie", "publiee", "euro", "1er",
    ];

    // As the database has them: the platform runs without the tables that would take characters apart.
    private const string Accented = "àâäáãåçéèêëíìîïñóòôöõúùûüýÿ";
    private const string Plain = "aaaaaaceeeeiiiinooooouuuuyy";

    public static TitleWords Of(string title)
    {
        // Sites add their own name behind a bar.
        var bar = title.LastIndexOf(" | ", StringComparison.Ordinal);
        var words = Split(bar > 0 ? title[..bar] : title).Select(Stem).Where(word => !Empty.Contains(word)).ToHashSet();
        return new TitleWords(words, words.Where(word => char.IsAsciiDigit(word[0])).ToHashSet());
    }

    /// <summary>How much two titles share, 0 to 1 (Dice).</summary>
    public double Likeness(TitleWords other) =>
        Words.Count + other.Words.Count == 0 ? 0 : 2.0 * Words.Count(other.Words.Contains) / (Words.Count + other.Words.Count);

    /// <summary>How much of the shorter title is in the longer one, 0 to 1; 0 for titles too short to tell.</summary>
    public double Containment(TitleWords other)
    {
        var shorter = Math.Min(Words.Count, other.Words.Count);
        return shorter < 4 ? 0 : (double)Words.Count(other.Words.Contains) / shorter;
    }

    /// <summary>Whether one speaks of numbers of which the other speaks otherwise: another amount, another session, another edition.</summary>
    public bool NumbersDiffer(TitleWords other) => Numbers.Count > 0 && other.Numbers.Count > 0 && !Numbers.IsSubsetOf(other.Numbers) && !other.Numbers.IsSubsetOf(Numbers);

    private static string Stem(string word) => word.Length > 3 && word[^1] is 's' or 'x' ? word[..^1] : word;

    private static IEnumerable<string> Split(string text)
    {
        var word = new StringBuilder();
        foreach (var character in text.ToLowerInvariant().Replace("œ", "oe", StringComparison.Ordinal))
            if (char.IsLetterOrDigit(character))
                word.Append(Accented.IndexOf(character, StringComparison.Ordinal) is >= 0 and var place ? Plain[place] : character);
            else if (word.Length > 0)
            {
                yield return word.ToString();
                word.Clear();
            }

        if (word.Length > 0)
            yield return word.ToString();
    }
}
