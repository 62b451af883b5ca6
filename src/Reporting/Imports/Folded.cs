using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Delegation.Reporting.Imports;

/// <summary>Texts as people mean them: without upper case, accents, and what stands between words.</summary>
internal static class Folded
{
    // Processes run without the data of cultures, and so without Unicode's decomposition: these are the letters of the languages around us.
    private static readonly FrozenDictionary<char, string> Plain = new (string Letters, string Plain)[]
    {
        ("àáâãäåā", "a"), ("æ", "ae"), ("çćč", "c"), ("ď", "d"), ("èéêëēęě", "e"), ("ìíîïī", "i"), ("ł", "l"), ("ñńň", "n"), ("òóôõöøō", "o"), ("œ", "oe"), ("ř", "r"),
        ("śšş", "s"), ("ß", "ss"), ("ť", "t"), ("ùúûüūů", "u"), ("ýÿ", "y"), ("źżž", "z"),
    }.SelectMany(pair => pair.Letters, (pair, letter) => (letter, pair.Plain)).ToFrozenDictionary(pair => pair.letter, pair => pair.Plain);

    /// <summary>As <c>reference dossier</c> for <c> Référence_Dossier </c>.</summary>
    public static string Of(string text)
    {
        var folded = new StringBuilder(text.Length);
        var gap = false;
        foreach (var character in text)
        {
            if (char.IsLetterOrDigit(character))
            {
                if (gap && folded.Length > 0)
                    folded.Append(' ');
                gap = false;
                var lower = char.ToLowerInvariant(character);
                if (lower < '\u0080')
                    folded.Append(lower);
                else
                    folded.Append(Plain.TryGetValue(lower, out var plain) ? plain : lower.ToString());
            }
            else if (CharUnicodeInfo.GetUnicodeCategory(character) != UnicodeCategory.NonSpacingMark)
            {
                gap = true;
            }
        }

        return folded.ToString();
    }
}
