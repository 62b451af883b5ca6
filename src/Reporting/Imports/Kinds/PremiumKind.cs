namespace Delegation.Reporting.Imports.Kinds;

/// <summary>Premiums (cotisations). They belong to the period of their day of the books; regularisations below zero are normal.</summary>
internal static class PremiumKind
{
    private static readonly ImportField EntryDay = Fields.Day("entry_day", "entry day", "date comptable");

    public static readonly ImportKind Kind = new(
        V1.Import.Types.Kind.Premiums,
        "premium_line",
        [
            Fields.Reference, Fields.Contract, Fields.Product, Fields.Month("month", "mois"), Fields.Individual, Fields.College, Fields.Money("called", true, "called", "appele", "appelees"),
            Fields.Money("collected", true, "collected", "encaisse", "encaissees"), Fields.Money("earned", true, "earned", "acquis", "acquises"), Fields.Money("tax", false, "tax", "taxes"), EntryDay,
        ],
        (_, _) => { })
    {
        PeriodField = EntryDay,
    };
}
