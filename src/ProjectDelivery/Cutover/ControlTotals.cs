using System.Text.Json;
using Delegation.Delivery.V1;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Google.Protobuf.Collections;

namespace Delegation.ProjectDelivery.Cutover;

/// <summary>A control total of a lot.</summary>
/// <param name="Title">What is counted.</param>
/// <param name="Count">How many.</param>
/// <param name="Cents">The sum of their amounts; null for items without.</param>
internal sealed record ControlTotal(string Title, long Count, long? Cents);

/// <summary>Control totals as they are given, kept, and put beside each other.</summary>
internal static class ControlTotals
{
    private const int Most = 100;

    // Differences of such counts stay far from the end of the numbers.
    private const long MostItems = 1_000_000_000_000;

    private static readonly LocalizedText GiveSome = new("Give at least one.", "Indiquez-en au moins un.");

    /// <summary>Null with violations.</summary>
    public static IReadOnlyList<ControlTotal>? Read(RepeatedField<TakeOverTotal> totals, ICollection<FieldViolation> violations)
    {
        var before = violations.Count;
        if (totals.Count == 0)
            violations.Add(new("totals", "TOTALS_REQUIRED", new("There is no control total.", "Il n'y a aucun total de contrôle."), GiveSome));
        if (totals.Count > Most)
            violations.Add(new(
                "totals", "TOO_MANY_ENTRIES", new($"There are {totals.Count} totals.", $"Il y a {totals.Count} totaux."),
                new($"Give at most {Most}.", $"Indiquez-en au plus {Most}.")));

        var titles = new HashSet<string>();
        var read = totals.Take(Most).Select((total, place) => ReadOne(total, $"totals[{place}]", titles, violations)).ToArray();
        return violations.Count > before ? null : [.. read.OfType<ControlTotal>()];
    }

    /// <summary>What the source states beside what was loaded: each title once, those of the source first.</summary>
    /// <param name="source">What the source states.</param>
    /// <param name="loaded">What was loaded; null when nothing was yet, so that nothing differs.</param>
    public static IReadOnlyList<TakeOverLine> Reconcile(IReadOnlyList<ControlTotal> source, IReadOnlyList<ControlTotal>? loaded) =>
    [
        .. source.Select(total => total.Title).Union((loaded ?? []).Select(total => total.Title)).Select(title =>
        {
            var stated = source.FirstOrDefault(total => total.Title == title) ?? new ControlTotal(title, 0, 0);
            var moved = loaded is null ? stated : loaded.FirstOrDefault(total => total.Title == title) ?? new ControlTotal(title, 0, 0);
            return new TakeOverLine
            {
                Title = title,
                SourceCount = stated.Count,
                SourceAmount = EuroField.Write(stated.Cents ?? 0),
                LoadedCount = loaded is null ? 0 : moved.Count,
                LoadedAmount = EuroField.Write(loaded is null ? 0 : moved.Cents ?? 0),
                CountDifference = moved.Count - stated.Count,
                AmountDifference = EuroField.Write((moved.Cents ?? 0) - (stated.Cents ?? 0)),
            };
        }),
    ];

    /// <summary>Whether something is missing or too much, be it that the sums come out even.</summary>
    public static bool Differ(IEnumerable<TakeOverLine> lines) => lines.Any(line => line.CountDifference != 0 || line.AmountDifference.MinorUnits != 0);

    public static string Write(IReadOnlyList<ControlTotal> totals) => JsonSerializer.Serialize(totals);

    public static IReadOnlyList<ControlTotal> Parse(string stored) => JsonSerializer.Deserialize<ControlTotal[]>(stored)!;

    private static ControlTotal? ReadOne(TakeOverTotal total, string field, HashSet<string> titles, ICollection<FieldViolation> violations)
    {
        var before = violations.Count;
        var title = TextField.ReadLine($"{field}.title", total.Title, 200, violations);
        if (title is not null && !titles.Add(title))
            violations.Add(new(
                $"{field}.title", "TITLE_REPEATED", new("Two totals have this title.", "Deux totaux portent cet intitulé."), new("Give each its own.", "Donnez à chacun le sien.")));
        if (total.Count is < 0 or > MostItems)
            violations.Add(new(
                $"{field}.count", "COUNT_NEGATIVE", new("A count is not negative, nor beyond all measure.", "Un décompte n'est ni négatif ni démesuré."),
                new("Give 0 or more.", "Indiquez 0 ou davantage.")));
        var cents = EuroField.ReadOptional($"{field}.amount", total.Amount, violations);
        return violations.Count > before ? null : new ControlTotal(title!, total.Count, cents);
    }
}
