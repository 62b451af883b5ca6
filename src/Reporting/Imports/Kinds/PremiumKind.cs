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
        Checks = [Twice, Gap],
    };

    // The same premium of the same month under two references; the later one is told.
    private const string Twice =
        """
        UPDATE incoming i SET warnings = array_append(i.warnings, 'PREMIUM_TWICE')
        FROM premium_line t
        WHERE t.owner_id = @OwnerId AND t.delegation_id = @DelegationId AND t.end_number = @NoEnd AND i.reasons IS NULL
          AND t.contract_reference = i.contract_reference AND t.month = i.month AND t.product = i.product AND t.college = i.college AND t.individual = i.individual
          AND t.earned = i.earned AND t.called = i.called AND t.earned <> 0 AND t.reference <> i.reference AND (t.import_number < @Number OR t.line < i.line)
        """;

    // A contract with a premium before and after a month and none for it; the line after it is told.
    private const string Gap =
        """
        UPDATE incoming i SET warnings = array_append(i.warnings, 'MONTH_WITHOUT_PREMIUM')
        FROM (
            SELECT contract_reference, product, college, month, lag(month) OVER (PARTITION BY contract_reference, product, college ORDER BY month) AS before
            FROM premium_line t
            WHERE t.owner_id = @OwnerId AND t.delegation_id = @DelegationId AND t.end_number = @NoEnd
              AND EXISTS (SELECT FROM incoming i WHERE i.contract_reference = t.contract_reference)
            GROUP BY contract_reference, product, college, month) g
        WHERE g.before < g.month - interval '1 month' AND i.reasons IS NULL
          AND i.contract_reference = g.contract_reference AND i.product = g.product AND i.college = g.college AND i.month = g.month
        """;
}
