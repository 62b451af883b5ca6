using System.Collections.Immutable;

namespace Delegation.Reporting.Rollups;

/// <summary>A set of codes by which the cells of a rollup tell lines apart, beside months, product and business.</summary>
/// <param name="Name">As cells have it.</param>
/// <param name="Codes">Columns of lines and cells alike.</param>
/// <param name="From">The theme from whose cells these follow, which has all their codes; null for those added up from the lines.</param>
/// <param name="ByOccurrence">Whether they tell months of care or cover apart; else they answer only what is asked by months of the books.</param>
/// <param name="ByYear">Whether their months are whole years, named by their January.</param>
internal sealed record Theme(string Name, IReadOnlyList<string> Codes, string? From = null, bool ByOccurrence = true, bool ByYear = false);

/// <summary>A table of cells, and how lines add up to them. The grain is that of decision 0030.</summary>
/// <param name="Kind">The imports that it follows from, as they are stored.</param>
/// <param name="Cells">The table of cells.</param>
/// <param name="Lines">The table of lines.</param>
/// <param name="AccountingDay">The column of lines with a day of the month of the books.</param>
/// <param name="OccurrenceDay">The one with a day of the month of care or cover.</param>
/// <param name="Themes">Those with few cells first.</param>
/// <param name="Measures">What is added up.</param>
/// <param name="AtEnd">The one of them that is of the end of a month: those of December are those of a year.</param>
internal sealed record Rollup(
    string Kind,
    string Cells,
    string Lines,
    string AccountingDay,
    string OccurrenceDay,
    IReadOnlyList<Theme> Themes,
    IReadOnlyList<string> Measures,
    string? AtEnd = null)
{
    /// <summary>What every theme tells apart.</summary>
    public static readonly IReadOnlyList<string> Common = ["product", "individual"];

    public static readonly Rollup Benefits = new(
        "benefits",
        "benefit_cell",
        "benefit_line",
        "payment_day",
        "care_day",
        [
            new("category", ["category"], From: "act"),
            new("region", ["region"]),
            new("person", ["beneficiary_kind", "age_band", "sex"]),
            new("act", ["category", "act", "basket"]),
            new("contract_year", ["contract_reference"], From: "contract", ByOccurrence: false, ByYear: true),
            new("contract_books", ["contract_reference"], From: "contract", ByOccurrence: false),
            new("contract", ["contract_reference", "college", "level"]),
            new("contract_category", ["contract_reference", "category"]),
        ],
        ["expenses", "compulsory_base", "compulsory_paid", "benefit", "other_paid", "out_of_pocket", "acts"]);

    public static readonly Rollup Premiums = new(
        "premiums",
        "premium_cell",
        "premium_line",
        "entry_day",
        "month",
        [
            new("books", [], From: "contract", ByOccurrence: false),
            new("contract_year", ["contract_reference"], From: "contract", ByOccurrence: false, ByYear: true),
            new("contract_books", ["contract_reference"], From: "contract", ByOccurrence: false),
            new("contract", ["contract_reference", "college"]),
        ],
        ["called", "collected", "earned", "tax"]);

    public static readonly Rollup Membership = new(
        "membership",
        "membership_cell",
        "membership_line",
        "month",
        "month",
        [
            new("region", ["region"]),
            new("person", ["beneficiary_kind", "age_band", "sex"]),
            new("contract_year", ["contract_reference"], From: "contract", ByYear: true),
            new("contract_month", ["contract_reference"], From: "contract"),
            new("contract", ["contract_reference", "college"]),
        ],
        ["exposure_days", "insured", "entries", "exits"],
        AtEnd: "insured");

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<Rollup> All = [Benefits, Premiums, Membership];

    /// <summary>The codes of all themes.</summary>
    public IReadOnlyList<string> Codes { get; } = [.. Themes.SelectMany(theme => theme.Codes).Distinct()];

    /// <summary>What all themes tell apart, and the codes of all of them.</summary>
    public ImmutableArray<string> CodeColumns => [.. Common, .. Codes];

    /// <summary>The columns of cells by which they are told apart, beside those of the parties.</summary>
    public IReadOnlyList<string> Keys => ["theme", "accounting_month", "occurrence_month", .. CodeColumns];

    /// <summary>The columns of cells that are added up.</summary>
    public IReadOnlyList<string> Sums { get; } = [.. Measures, "lines"];

    /// <summary>The month of the books of a line, in SQL.</summary>
    public string AccountingMonth => MonthOf(AccountingDay);

    /// <summary>The month of care or cover of a line, in SQL.</summary>
    public string OccurrenceMonth => MonthOf(OccurrenceDay);

    /// <summary>The theme with the fewest cells that tells all these apart; null when none does.</summary>
    /// <param name="columns">Of cells.</param>
    /// <param name="byOccurrence">Whether months of care or cover are asked for; else those of the books alone.</param>
    /// <param name="ofYears">Whether whole years are asked for, and no month apart.</param>
    public Theme? ThemeOf(IReadOnlyCollection<string> columns, bool byOccurrence, bool ofYears) =>
        Themes.FirstOrDefault(theme => (theme.ByOccurrence || !byOccurrence) && (ofYears || !theme.ByYear) && columns.All(column => Common.Contains(column) || theme.Codes.Contains(column)));

    private static string MonthOf(string day) => $"date_trunc('month', {day})::date";
}
