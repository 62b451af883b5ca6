using System.Globalization;
using Delegation.Watch.Items;
using Reason = Delegation.Watch.V1.Sighting.Types.Reason;

namespace Delegation.Watch.Tests.Items;

/// <summary>
/// When two things that were seen are one. <c>pairs.tsv</c> holds pairs that people labelled: same or other, and of each side title, day and address. Pairs that only somebody
/// who reads French tells to be the same are among them.
/// </summary>
public sealed class Duplicates_of_items
{
    private static readonly (bool Same, Seen One, Seen Other)[] Pairs =
        [.. File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Items", "pairs.tsv")).Select(line => line.Split('\t')).Select(cells => (cells[0] == "same", Side(cells, 1), Side(cells, 4)))];

    [Fact]
    public void Of_the_labelled_pairs_none_is_taken_for_the_same_wrongly_and_few_are_missed()
    {
        var found = Pairs.Where(pair => SameItem.Judge(pair.One, pair.Other) is not null).ToArray();
        var right = found.Count(pair => pair.Same);
        var wrong = string.Join('\n', found.Where(pair => !pair.Same).Select(pair => $"{pair.One.Title} / {pair.Other.Title}"));
        var missed = string.Join('\n', Pairs.Where(pair => pair.Same && SameItem.Judge(pair.One, pair.Other) is null).Select(pair => $"{pair.One.Title} / {pair.Other.Title}"));
        var (precision, recall) = ((double)right / found.Length, (double)right / Pairs.Count(pair => pair.Same));

        Assert.True(Pairs.Length >= 100, $"There are {Pairs.Length} pairs.");
        Assert.True(precision >= 0.99, $"Precision {precision:0.000}:\n{wrong}");
        Assert.True(recall >= 0.9, $"Recall {recall:0.000}:\n{missed}");
    }

    [Fact]
    public void The_verdict_does_not_depend_on_which_was_seen_first() => Assert.All(
        Pairs, pair => Assert.Equal(SameItem.Judge(pair.One, pair.Other), SameItem.Judge(pair.Other, pair.One)));

    [Theory]
    [InlineData("Décret n° 2025-1131 du 26 novembre 2025", "decret:2025-1131")]
    [InlineData("loi n°2019-733 du 14 juillet 2019", "loi:2019-733")]
    [InlineData("LFSS pour 2026", "lfss:2026")]
    [InlineData("loi de financement de la sécurité sociale pour 2026", "lfss:2026")]
    [InlineData("Règlement (UE) 2022/2554", "celex:32022R2554")]
    [InlineData("règlement d'exécution (UE) 2024/2956", "celex:32024R2956")]
    [InlineData("règlement (UE) n° 910/2014", "celex:32014R0910")]
    [InlineData("Directive 2009/138/CE", "celex:32009L0138")]
    [InlineData("https://eur-lex.europa.eu/eli/reg/2022/2554/oj", "celex:32022R2554")]
    [InlineData("https://eur-lex.europa.eu/legal-content/FR/TXT/?uri=CELEX:32022R2554", "celex:32022R2554")]
    [InlineData("https://www.legifrance.gouv.fr/eli/decret/2025/11/26/SSAS2530731D/jo/texte", "nor:SSAS2530731D")]
    [InlineData("Recommandation ACPR 2024-R-02", "acpr:2024-R-02")]
    public void An_official_reference_is_recognised_however_it_is_written(string text, string identifier) => Assert.Equal([identifier], Identifiers.In(text));

    [Theory]
    [InlineData("Le 12/03/2025 à Paris")]
    [InlineData("Appel 2025-2026 pour 1131 lits")]
    [InlineData("Règlement intérieur")]
    public void What_is_none_is_not_taken_for_one(string text) => Assert.Empty(Identifiers.In(text));

    [Theory]
    [InlineData("https://www.example.org/a/?utm_source=x&id=2#top", "http://example.org/a?id=2")]
    [InlineData("https://m.example.org/a/amp", "https://example.org/a")]
    public void An_address_is_the_same_without_what_counts_clicks(string one, string other) => Assert.Equal(CanonicalLink.Of(other), CanonicalLink.Of(one));

    [Fact]
    public void What_has_another_day_of_effect_is_another_change_of_the_same_text()
    {
        var first = new Seen("Contrats responsables", "décret 2025-1131", ["decret:2025-1131"], "", null, new DateOnly(2025, 11, 28));

        Assert.Null(SameItem.Judge(first, first with { EffectDay = new DateOnly(2026, 1, 1) }));
        Assert.Equal(Reason.SameReference, SameItem.Judge(first, first with { EffectDay = null })?.Reason);
    }

    private static Seen Side(string[] cells, int from) => new(
        cells[from], "", Identifiers.In($"{cells[from]}\n{cells[from + 2]}"), cells[from + 2], DateOnly.Parse(cells[from + 1], CultureInfo.InvariantCulture), null);
}
