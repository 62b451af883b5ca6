using Delegation.Persistence.Tenancy;
using Delegation.Reporting.ContractReferences;
using Delegation.Reporting.Rollups;
using Delegation.Reporting.V1;

namespace Delegation.Reporting.Technical;

/// <summary>
/// Adds up the cells of rollups as a selection asks: each key, and all together, in one pass. Null where no theme tells apart what is asked. Cells have the
/// references of contracts as they came; a contract is what its reference means.
/// </summary>
internal static class CellQuery
{
    public static Task<IReadOnlyList<BenefitSums>?> BenefitsAsync(
        this TenantSession session, KnownDelegation delegation, ImportsKnown imports, Selection selection, CancellationToken cancellationToken) =>
        session.SumsAsync<BenefitSums>(
            delegation,
            imports,
            selection,
            Rollup.Benefits,
            """
            sum(acts)::bigint AS acts, sum(expenses)::bigint AS expenses, sum(compulsory_base)::bigint AS compulsorybase, sum(compulsory_paid)::bigint AS compulsorypaid,
            sum(benefit)::bigint AS benefit, sum(other_paid)::bigint AS otherpaid, sum(out_of_pocket)::bigint AS outofpocket
            """,
            cancellationToken);

    public static Task<IReadOnlyList<PremiumSums>?> PremiumsAsync(
        this TenantSession session, KnownDelegation delegation, ImportsKnown imports, Selection selection, CancellationToken cancellationToken) =>
        session.SumsAsync<PremiumSums>(
            delegation, imports, selection, Rollup.Premiums, "sum(called)::bigint AS called, sum(collected)::bigint AS collected, sum(earned)::bigint AS earned, sum(tax)::bigint AS tax", cancellationToken);

    public static Task<IReadOnlyList<MemberSums>?> MembersAsync(
        this TenantSession session, KnownDelegation delegation, ImportsKnown imports, Selection selection, CancellationToken cancellationToken)
    {
        selection = selection with { View = ReportView.Occurrence, ValuationDay = null };
        // Heads at the end of each month do not add up to heads at the end of the period.
        var last = selection.ThemeOf(Rollup.Membership) is { ByYear: true } ? "year" : "month";
        var atEnd = $"sum(insured) FILTER (WHERE occurrence_month = date_trunc('{last}', @end::date))::bigint";
        var heads = selection.Breakdown.Any(dimension => dimension.Column is null) ? $"CASE WHEN grouping(occurrence_month) = 0 THEN sum(insured)::bigint ELSE {atEnd} END" : atEnd;
        return session.SumsAsync<MemberSums>(
            delegation,
            imports,
            selection,
            Rollup.Membership,
            $"sum(exposure_days)::bigint AS exposuredays, {heads} AS atend, sum(entries)::bigint AS entries, sum(exits)::bigint AS exits",
            cancellationToken);
    }

    private static async Task<IReadOnlyList<T>?> SumsAsync<T>(
        this TenantSession session, KnownDelegation delegation, ImportsKnown imports, Selection selection, Rollup rollup, string sums, CancellationToken cancellationToken)
    {
        if (selection.ThemeOf(rollup) is not { } theme)
            return null;

        var month = selection.View == ReportView.Accounting ? "accounting_month" : "occurrence_month";
        var by = selection.Breakdown.Select(dimension => Column(dimension) ?? month).ToArray();
        var isOfContracts = selection.Breakdown.Concat(selection.Only.Keys).Any(dimension => dimension.Value == TechnicalDimension.Contract);
        var total = by.Length == 0 ? "true" : $"grouping({by[0]}) = 1";
        // How many cells there are differs by theme and period a thousandfold: a plan for any value joins and sorts as if there were ten.
        var sql =
            $"""
            SET LOCAL plan_cache_mode = force_custom_plan;
            SELECT ARRAY[{string.Join(", ", by.Select(Text))}]::text[] AS key, {total} AS istotal, {sums}
            FROM {rollup.Cells}{(isOfContracts ? $"\n{ContractMeanings.Join}" : "")}
            WHERE owner_id = @OwnerId AND delegation_id = @DelegationId AND theme = @theme AND import_number <= @upTo
              AND {month} BETWEEN @start AND @end AND accounting_month <= @valuationDay{string.Concat(selection.Only.Keys.Select(Only))}
            {(by.Length == 0 ? "" : $"GROUP BY GROUPING SETS (({string.Join(", ", by)}), ())")}
            HAVING sum(lines) <> 0 OR {total};
            SET LOCAL plan_cache_mode = auto
            """;

        var parameters = new Dictionary<string, object?>
        {
            ["OwnerId"] = delegation.OwnerId,
            ["DelegationId"] = delegation.DelegationId,
            ["theme"] = theme.Name,
            ["upTo"] = imports.UpTo(rollup.Kind),
            ["start"] = selection.Period.Start,
            ["end"] = selection.Period.End,
            ["valuationDay"] = selection.ValuationDay ?? DateOnly.MaxValue,
        };
        if (isOfContracts)
            parameters["asOf"] = imports.AsOf;
        foreach (var (dimension, codes) in selection.Only)
            parameters[dimension.Key] = codes;
        return await session.QueryAsync<T>(sql, parameters, cancellationToken);
    }

    private static string? Column(Dimension dimension) => dimension.Value == TechnicalDimension.Contract ? ContractMeanings.Contract : dimension.Column;

    private static string Only(Dimension dimension) => $" AND {Text(Column(dimension)!)} = ANY (@{dimension.Key})";

    // A code of a column, as it is asked for and answered.
    private static string Text(string column) => column switch
    {
        "individual" => $"CASE individual WHEN true THEN '{Dimension.Individual}' WHEN false THEN '{Dimension.Group}' END",
        "accounting_month" or "occurrence_month" => $"{column}::text",
        _ => column,
    };
}
