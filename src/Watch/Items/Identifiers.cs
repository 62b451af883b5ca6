using System.Globalization;
using System.Text.RegularExpressions;

namespace Delegation.Watch.Items;

/// <summary>
/// Recognises the official identifiers of texts in what people and sources write: NOR, ELI and CELEX, the numbers of laws and decrees, the LFSS of a year, and
/// what the ACPR numbers. The same text has the same identifier, however it is written.
/// </summary>
internal static partial class Identifiers
{
    /// <summary>All identifiers in a text, in the order in which they are found, each once.</summary>
    public static IReadOnlyList<string> In(string text) =>
    [
        .. Nor().Matches(text).Select(match => $"nor:{match.Value}")
            .Concat(Celex().Matches(text).Select(match => $"celex:{match.Value}"))
            .Concat(EuropeanEli().Matches(text).Select(match => European(match, match.Groups["kind"].Value switch { "reg" => 'R', "dir" => 'L', _ => 'D' })))
            .Concat(EuropeanAct().Matches(text).Select(match => European(match, char.ToLowerInvariant(match.Groups["kind"].Value[0]) switch { 'r' => 'R', _ when match.Groups["kind"].Value.StartsWith("dir", StringComparison.OrdinalIgnoreCase) => 'L', _ => 'D' })))
            .Concat(FrenchAct().Matches(text).Select(match => $"{Plain(match.Groups["kind"].Value)}:{match.Groups["number"].Value}"))
            .Concat(FinancingAct().Matches(text).Select(match => $"lfss:{match.Groups["year"].Value}"))
            .Concat(Supervisor().Matches(text).Select(match => $"acpr:{match.Groups["number"].Value.ToUpperInvariant()}"))
            .Distinct(),
    ];

    /// <summary>The articles that a text names: two items about one law are the same only where they are about the same ones.</summary>
    public static IReadOnlySet<string> ArticlesIn(string text) =>
        Article().Matches(text).Select(match => match.Groups["number"].Value.Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant()).ToHashSet();

    // Regulations since 2015 are numbered by year and number, those before by number and year; directives always by year and number.
    private static string European(Match match, char kind)
    {
        var (first, second) = (int.Parse(match.Groups["first"].Value, CultureInfo.InvariantCulture), int.Parse(match.Groups["second"].Value, CultureInfo.InvariantCulture));
        var (year, number) = kind == 'R' && first is not (>= 2015 and <= 2100) && second is >= 1950 and <= 2100 ? (second, first) : (first, second);
        return string.Create(CultureInfo.InvariantCulture, $"celex:3{(year < 100 ? 1900 + year : year):0000}{kind}{number:0000}");
    }

    private static string Plain(string kind) => kind.ToLowerInvariant().Replace('é', 'e');

    [GeneratedRegex(@"(?<![A-Z0-9])[A-Z]{4}\d{7}[A-Z](?![A-Z0-9])")]
    private static partial Regex Nor();

    [GeneratedRegex(@"(?<![A-Za-z0-9])[1-9]\d{4}[A-Z]{1,2}\d{4}(?![A-Za-z0-9])")]
    private static partial Regex Celex();

    [GeneratedRegex(@"/eli/(?<kind>reg|dir|dec)(?:_impl|_del)?/(?<first>\d{4})/(?<second>\d{1,5})(?!\d)")]
    private static partial Regex EuropeanEli();

    [GeneratedRegex(
        @"\b(?<kind>r[eè]glement|regulation|directive|d[eé]cision)\s+(?:d[eé]l[eé]gu[eé]e?\s+|d['’]ex[eé]cution\s+|delegated\s+|implementing\s+)?(?:\((?:UE|EU|CE|EC|CEE|EEC)\)\s*)?(?:n[°o]\s*)?(?<first>\d{1,4})/(?<second>\d{1,4})(?:/(?:CE|UE|CEE|EC|EU|EEC))?(?!\d|/\d)",
        RegexOptions.IgnoreCase)]
    private static partial Regex EuropeanAct();

    [GeneratedRegex(@"\b(?<kind>loi|ordonnance|d[eé]cret)s?(?:\s+organique)?(?:\s+d['’]application)?\s+(?:n[°ºo]\s*)?(?<number>(?:19|20)\d{2}-\d{1,4})(?![-\d])", RegexOptions.IgnoreCase)]
    private static partial Regex FrenchAct();

    [GeneratedRegex(@"\b(?:P?LFSS|loi\s+de\s+financement\s+de\s+la\s+s[eé]curit[eé]\s+sociale)\s+(?:pour\s+)?(?<year>20\d{2})\b", RegexOptions.IgnoreCase)]
    private static partial Regex FinancingAct();

    [GeneratedRegex(@"(?<![-\w])(?<number>20\d{2}-[RICP]-\d{2})(?![-\w])", RegexOptions.IgnoreCase)]
    private static partial Regex Supervisor();

    [GeneratedRegex(@"\bart(?:icle|\.)?s?\s*(?<number>[LRD]?\.?\s?\d+(?:-\d+)*)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Article();
}
