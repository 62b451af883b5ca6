using Delegation.Persistence.Tenancy;
using Delegation.Reporting.V1;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;

namespace Delegation.Reporting.Technical;

/// <summary>What was paid for a month of care in a month of the books.</summary>
internal sealed record PaidCell(DateOnly OccurrenceMonth, DateOnly AccountingMonth, long Benefit);

/// <summary>Which triangle somebody asks for.</summary>
internal sealed record TriangleRequest(Guid DelegationId, Period Months, string? Category, DateTime? AsOf)
{
    private const int MostMonths = 60;
    private const int LongestCode = 64;

    public static TriangleRequest Read(GetTechnicalTriangleRequest request)
    {
        var violations = new List<FieldViolation>();
        var id = IdField.Read("delegation_id", request.DelegationId, violations);
        var start = DayField.Read("period_start_day", request.PeriodStartDay, violations);
        var end = DayField.Read("valuation_day", request.ValuationDay, violations);
        if (start is { Day: > 1 })
            violations.Add(TechnicalRequest.InsideMonth("period_start_day"));
        if (end is { } last && last != Technical.Months.EndOf(last))
            violations.Add(TechnicalRequest.InsideMonth("valuation_day"));
        if (end < start)
            violations.Add(Period.EndsBeforeStart("valuation_day"));
        else if (start?.AddMonths(MostMonths) <= end)
            violations.Add(new FieldViolation(
                "valuation_day", "TRIANGLE_TOO_LONG", new($"There are more than {MostMonths} months.", $"Il y a plus de {MostMonths} mois."), new("Choose a later first month.", "Choisissez un premier mois ultérieur.")));
        if (request.Category.Length > LongestCode)
            violations.Add(new FieldViolation(
                "category", "CATEGORY_TOO_LONG", new($"The code has more than {LongestCode} characters.", $"Le code dépasse {LongestCode} caractères."), new("Give a code of the platform.", "Indiquez un code de la plateforme.")));
        var asOf = Reporting.AsOf.Read(request.AsOf, violations);
        violations.RefuseIfAny();
        return new TriangleRequest(id!.Value, new Period(start!.Value, end!.Value), request.Category.Length == 0 ? null : request.Category, asOf);
    }
}

/// <summary>The triangle of a delegation with its estimate.</summary>
internal static class Triangle
{
    private const long Millionths = 1_000_000;

    private static readonly LocalizedText Note = new(
        "An estimate by chain ladder from the payments imported so far, without tail; no provision of the insurer.",
        "Estimation par chain ladder à partir des paiements importés à ce jour, sans facteur de queue ; ce n'est pas la provision de l'assureur.");

    public static async Task<TechnicalTriangle> ComputeAsync(
        TenantSession session, KnownDelegation delegation, ImportsKnown imports, TriangleRequest asked, CancellationToken cancellationToken)
    {
        var cells = await session.QueryAsync<PaidCell>(
            """
            SELECT occurrence_month AS occurrencemonth, accounting_month AS accountingmonth, sum(benefit)::bigint AS benefit
            FROM benefit_cell
            WHERE owner_id = @OwnerId AND delegation_id = @DelegationId AND theme = 'category' AND import_number <= @upTo
              AND occurrence_month BETWEEN @Start AND @End AND accounting_month <= @End AND (@Category::text IS NULL OR category = @Category)
            GROUP BY occurrence_month, accounting_month
            """,
            new { delegation.OwnerId, delegation.DelegationId, upTo = imports.UpTo(ImportsKnown.Benefits), asked.Months.Start, asked.Months.End, asked.Category },
            cancellationToken);
        var months = Months.Of(asked.Months).ToArray();
        var cumulative = Cumulate(months, cells);
        var outstanding = ChainLadder.Outstanding(cumulative);
        return new TechnicalTriangle
        {
            DelegationId = asked.DelegationId.ToString(),
            ValuationDay = DayField.Write(asked.Months.End),
            Method = "chain_ladder",
            NoteEn = Note.English,
            NoteFr = Note.French,
            Factors = { ChainLadder.Factors(cumulative).Index().Where(one => one.Item is not null).Select(one => new TechnicalFactor { Month = one.Index, Millionths = Rounded(one.Item!.Value) }) },
            Occurrences =
            {
                months.Select((month, i) => new TechnicalOccurrence { Month = DayField.Write(month), CumulativePaid = { cumulative[i] }, Outstanding = outstanding[i] }),
            },
            Paid = cumulative.Sum(paid => paid[^1]),
            Outstanding = outstanding.Sum(),
        };
    }

    /// <summary>What was paid until each month after care; what was paid ahead of it counts with its own month.</summary>
    public static IReadOnlyList<IReadOnlyList<long>> Cumulate(IReadOnlyList<DateOnly> months, IReadOnlyList<PaidCell> cells)
    {
        var paid = months.Select((_, i) => new long[months.Count - i]).ToArray();
        foreach (var cell in cells)
        {
            var row = MonthsBetween(months[0], cell.OccurrenceMonth);
            paid[row][Math.Max(0, MonthsBetween(cell.OccurrenceMonth, cell.AccountingMonth))] += cell.Benefit;
        }

        foreach (var row in paid)
            for (var month = 1; month < row.Length; month++)
                row[month] += row[month - 1];
        return paid;
    }

    private static int MonthsBetween(DateOnly from, DateOnly to) => ((to.Year - from.Year) * 12) + to.Month - from.Month;

    private static long Rounded(decimal factor) => (long)Math.Round(factor * Millionths, MidpointRounding.AwayFromZero);
}
