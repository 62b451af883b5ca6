using Delegation.Reporting.Rollups;
using Delegation.Reporting.V1;

namespace Delegation.Reporting.Technical;

/// <summary>Which figures: of which months and codes, and cut by what.</summary>
internal sealed record Selection
{
    public required ReportView View { get; init; }

    /// <summary>From the first day of a month to the last day of one.</summary>
    public required Period Period { get; init; }

    /// <summary>Payments and entries later than this last day of a month do not count; null where all do.</summary>
    public DateOnly? ValuationDay { get; init; }

    /// <summary>What the figures are cut by.</summary>
    public IReadOnlyList<Dimension> Breakdown { get; init; } = [];

    /// <summary>The codes that count; all where a dimension is not named.</summary>
    public IReadOnlyDictionary<Dimension, string[]> Only { get; init; } = new Dictionary<Dimension, string[]>();

    /// <summary>The codes that count of a dimension; null for all.</summary>
    public string[]? Codes(TechnicalDimension dimension) => Only.GetValueOrDefault(Dimension.Of(dimension));

    /// <summary>What a rollup is to tell apart for this; null when it does not.</summary>
    public Theme? ThemeOf(Rollup rollup) => rollup.ThemeOf(
        [.. Breakdown.Concat(Only.Keys).Select(dimension => dimension.Column).OfType<string>()], byOccurrence: View == ReportView.Occurrence, IsOfYears);

    /// <summary>The same without the dimensions that tell acts apart: those who are covered are covered for all acts.</summary>
    public Selection OfPeople() => this with
    {
        Breakdown = [.. Breakdown.Where(dimension => !dimension.OfActs)],
        Only = Only.Where(only => !only.Key.OfActs).ToDictionary(),
    };

    private bool IsOfYears => Period.Start is { Month: 1, Day: 1 } && Period.End is { Month: 12, Day: 31 } && Breakdown.All(dimension => dimension.Column is not null);
}
