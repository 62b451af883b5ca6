using Delegation.Reporting.V1;

namespace Delegation.Reporting.Technical;

/// <summary>What the insurer gave of its own accounts for what is asked, in cents; null is what it did not give.</summary>
internal sealed record InsurerAccounts
{
    /// <summary>Of all years of occurrence, the day before the year begins.</summary>
    public long? OpeningProvision { get; init; }

    /// <summary>Of all years of occurrence, on the last day of the year.</summary>
    public long? ClosingProvision { get; init; }

    /// <summary>Of the year of occurrence, as seen at the valuation day.</summary>
    public long? OccurrenceProvision { get; init; }

    public long? ManagementCosts { get; init; }

    public long? Contributions { get; init; }

    /// <summary>What is missing of a whole year, as gaps name it.</summary>
    public IEnumerable<string> Missing(ReportView view)
    {
        if (view == ReportView.Accounting ? OpeningProvision is null || ClosingProvision is null : OccurrenceProvision is null)
            yield return "provisions";
        if (view == ReportView.Accounting && ManagementCosts is null)
            yield return "management_costs";
        if (view == ReportView.Accounting && Contributions is null)
            yield return "contributions";
    }

    /// <summary>Whether the insurer's accounts speak of just this: a calendar year, all of it.</summary>
    public static bool SpeakOf(Selection selection) =>
        selection.Only.Count == 0 && selection.Period.Start is { Month: 1, Day: 1 } start && selection.Period.End == new DateOnly(start.Year, 12, 31);

    /// <summary>What they say of a selection; nothing of one of which they do not speak.</summary>
    public static InsurerAccounts Of(Selection selection, IReadOnlyList<TechnicalInputRow> inputs)
    {
        if (!SpeakOf(selection))
            return new InsurerAccounts();

        var (year, end) = (selection.Period.Start.Year, selection.Period.End);
        return new InsurerAccounts
        {
            OpeningProvision = Sum(row => row.Kind == TechnicalInputRow.Provision && row.ValuationDay == end.AddYears(-1)),
            ClosingProvision = Sum(row => row.Kind == TechnicalInputRow.Provision && row.ValuationDay == end),
            OccurrenceProvision = Sum(row => row.Kind == TechnicalInputRow.Provision && row.Year == year && row.ValuationDay == selection.ValuationDay),
            ManagementCosts = Sum(row => row.Kind == TechnicalInputRow.ManagementCosts && row.Year == year),
            Contributions = Sum(row => row.Kind == TechnicalInputRow.Contributions && row.Year == year),
        };

        long? Sum(Func<TechnicalInputRow, bool> which) => inputs.Any(which) ? inputs.Where(which).Sum(row => row.Amount) : null;
    }
}
