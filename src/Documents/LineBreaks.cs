using System.Text;

namespace Delegation.Documents;

/// <summary>Breaks text into lines.</summary>
internal static class LineBreaks
{
    private const char NoBreak = '\u00A0';

    /// <summary>
    /// The lines of a text in a width: broken at blanks, and inside a word only when it is longer than a line. No line begins with a
    /// French sign that has a blank before it, nor ends with an opening guillemet.
    /// </summary>
    /// <param name="text">The text; a line feed begins a line.</param>
    /// <param name="width">Of a line.</param>
    /// <param name="measure">The width of a text.</param>
    public static IEnumerable<string> Of(string text, double width, Func<string, double> measure) =>
        text.ReplaceLineEndings("\n").Split('\n').SelectMany(paragraph => Break(Bound(paragraph), width, measure));

    private static IEnumerable<string> Break(string paragraph, double width, Func<string, double> measure)
    {
        var line = "";
        foreach (var word in paragraph.Split(' ', StringSplitOptions.RemoveEmptyEntries).SelectMany(word => Cut(word, width, measure)))
        {
            var longer = line.Length == 0 ? word : $"{line} {word}";
            if (line.Length > 0 && measure(longer) > width)
            {
                yield return line;
                longer = word;
            }

            line = longer;
        }

        yield return line;
    }

    private static IEnumerable<string> Cut(string word, double width, Func<string, double> measure)
    {
        while (measure(word) > width && word.Length > 1)
        {
            var length = word.Length - 1;
            while (length > 1 && measure(word[..length]) > width)
                length--;
            if (char.IsHighSurrogate(word[length - 1]) && length > 1)
                length--;

            yield return word[..length];
            word = word[length..];
        }

        yield return word;
    }

    private static string Bound(string text)
    {
        var bound = new StringBuilder(text);
        for (var place = 1; place < bound.Length - 1; place++)
            if (bound[place] == ' ' && (bound[place - 1] == '«' || ":;!?»%€".Contains(bound[place + 1], StringComparison.Ordinal)))
                bound[place] = NoBreak;

        return bound.ToString();
    }
}
