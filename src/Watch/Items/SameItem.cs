using Reason = Delegation.Watch.V1.Sighting.Types.Reason;

namespace Delegation.Watch.Items;

/// <summary>What is known of something that was seen, for finding out whether it is known.</summary>
internal sealed record Seen(string Title, string Reference, IReadOnlyList<string> Identifiers, string Link, DateOnly? PublicationDay, DateOnly? EffectDay)
{
    public TitleWords Words { get; } = TitleWords.Of(Title);

    public IReadOnlySet<string> Articles { get; } = Items.Identifiers.ArticlesIn($"{Title} {Reference}");

    public static Seen Of(TrackedItemRow item) => new(item.Title, item.Reference, item.Identifiers, item.Link, item.PublicationDay, item.EffectDay);

    /// <summary>What it is found again by: its official references and its address.</summary>
    public IEnumerable<string> Marks => Identifiers.Select(identifier => $"id:{identifier}")
        .Concat(CanonicalLink.Of(Link) is { } link ? [$"link:{link}"] : []);
}

/// <summary>
/// Decides whether two things that were seen are one item, and why. A text has one NOR; any other official reference is shared by all that is written about a
/// text, so that it counts together with what the titles say and when. Different dates, articles or amounts are different items, whatever else agrees.
/// </summary>
internal static class SameItem
{
    /// <summary>What is published further apart is not the same for its title alone.</summary>
    public const int DaysApart = 10;

    private const int FewDaysApart = 4;

    /// <summary>Why they are the same, and how similar their titles are in percent; null when they are not.</summary>
    public static (Reason Reason, int Percent)? Judge(Seen one, Seen other)
    {
        var likeness = one.Words.Likeness(other.Words);
        var percent = (int)Math.Round(100 * likeness);
        if (Differ(one, other))
            return null;
        if (one.Identifiers.Intersect(other.Identifiers).Any(identifier => identifier.StartsWith("nor:", StringComparison.Ordinal)) || SameText(one, other, likeness))
            return (Reason.SameReference, percent);
        if (CanonicalLink.Of(one.Link) is { } link && link == CanonicalLink.Of(other.Link))
            return (Reason.SameLink, percent);

        return SameTitle(one, other, likeness) ? (Reason.SimilarTitle, percent) : null;
    }

    private static bool Differ(Seen one, Seen other) =>
        one.EffectDay is { } first && other.EffectDay is { } second && first != second
        || one.Articles.Count > 0 && other.Articles.Count > 0 && !one.Articles.Overlaps(other.Articles)
        || IsCorrection(one) != IsCorrection(other)
        || DifferentNumbers(one, other);

    // Of decrees and laws too: two of one kind with different numbers are two texts, however alike their titles.
    private static bool DifferentNumbers(Seen one, Seen other) =>
        one.Identifiers.Count > 0 && other.Identifiers.Count > 0 && !one.Identifiers.Intersect(other.Identifiers).Any()
        && one.Identifiers.Select(Kind).Intersect(other.Identifiers.Select(Kind)).Any();

    private static bool SameText(Seen one, Seen other, double likeness) =>
        one.Identifiers.Intersect(other.Identifiers).Any()
        && (Items.Identifiers.In(one.Reference).Intersect(Items.Identifiers.In(other.Reference)).Any()
            || likeness >= (Apart(one, other) is { } days ? days <= DaysApart ? 0.4 : 1.1 : 0.6));

    private static bool SameTitle(Seen one, Seen other, double likeness) =>
        !one.Words.NumbersDiffer(other.Words)
        && (Apart(one, other) is { } days
            ? likeness >= 0.9 && days <= DaysApart || days <= FewDaysApart && (likeness >= 0.75 || one.Words.Containment(other.Words) >= 0.8)
            : likeness >= 0.9 && one.Words.Words.Count >= 4);

    private static int? Apart(Seen one, Seen other) =>
        one.PublicationDay is { } first && other.PublicationDay is { } second ? Math.Abs(first.DayNumber - second.DayNumber) : null;

    private static bool IsCorrection(Seen seen) => seen.Words.Words.Any(word => word is "rectificatif" or "corrigendum" or "erratum");

    private static string Kind(string identifier) => identifier[..identifier.IndexOf(':', StringComparison.Ordinal)];
}
