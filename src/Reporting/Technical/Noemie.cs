using Delegation.Persistence.Tenancy;
using Delegation.Reporting.ContractReferences;
using Delegation.Reporting.Reports;
using Delegation.Reporting.V1;
using Delegation.ServiceDefaults.Errors;

namespace Delegation.Reporting.Technical;

/// <summary>Links to the compulsory scheme on the last day of a period on which they were observed, of one business and product.</summary>
internal sealed record ObservedLinks(DateOnly ObservationDay, bool Individual, string Product, long Active, long Inactive, long NotEligible);

/// <summary>What came back of the compulsory scheme in a month.</summary>
internal sealed record Returns
{
    public DateOnly Month { get; init; }

    public long ExpectedDays { get; init; }

    public long ReceivedDays { get; init; }

    public long Statements { get; init; }

    public long Rejections { get; init; }

    public long Treated { get; init; }

    public decimal WeightedAge { get; init; }

    /// <summary>Of lines that say how many links were acknowledged.</summary>
    public long AnsweredRejections { get; init; }

    /// <summary>Null where no line says it.</summary>
    public long? Acknowledged { get; init; }

    /// <summary>Treated rejections of lines that say how long their cure took.</summary>
    public long Cured { get; init; }

    public decimal WeightedCure { get; init; }

    public static Returns Sum(IReadOnlyCollection<Returns> months) => new()
    {
        ExpectedDays = months.Sum(one => one.ExpectedDays),
        ReceivedDays = months.Sum(one => one.ReceivedDays),
        Statements = months.Sum(one => one.Statements),
        Rejections = months.Sum(one => one.Rejections),
        Treated = months.Sum(one => one.Treated),
        WeightedAge = months.Sum(one => one.WeightedAge),
        AnsweredRejections = months.Sum(one => one.AnsweredRejections),
        Acknowledged = months.Any(one => one.Acknowledged is not null) ? months.Sum(one => one.Acknowledged ?? 0) : null,
        Cured = months.Sum(one => one.Cured),
        WeightedCure = months.Sum(one => one.WeightedCure),
    };
}

/// <summary>The tables of links to the compulsory scheme. Rates are of the counts themselves, never means of rates.</summary>
internal static class Noemie
{
    public static (ReportTable Table, IReadOnlyList<ReportLine> Lines) LinksTable(IReadOnlyList<ObservedLinks> observed) => LinksTable(
        new ReportTable
        {
            Key = "noemie_links",
            TitleEn = "Links to the compulsory scheme at the last observation of the period",
            TitleFr = "Noémisation à la dernière observation de la période",
            Columns = { Column("business", new("Business", "Individuel ou collectif"), ColumnType.Text) },
        },
        [Line([Dimension.Group], observed.Where(one => !one.Individual)), Line([Dimension.Individual], observed.Where(one => one.Individual))],
        observed);

    /// <summary>The same for each product of each business.</summary>
    public static (ReportTable Table, IReadOnlyList<ReportLine> Lines) LinksByProductTable(IReadOnlyList<ObservedLinks> observed) => LinksTable(
        new ReportTable
        {
            Key = "noemie_links_by_product",
            TitleEn = "Links to the compulsory scheme at the last observation of the period, by product",
            TitleFr = "Noémisation à la dernière observation de la période, par produit",
            Columns = { Column("business", new("Business", "Individuel ou collectif"), ColumnType.Text), Column("product", new("Product", "Produit"), ColumnType.Text) },
        },
        [
            .. observed.GroupBy(one => (one.Individual, one.Product)).OrderBy(of => of.Key.Individual).ThenBy(of => of.Key.Product, StringComparer.Ordinal)
                .Select(of => Line([of.Key.Individual ? Dimension.Individual : Dimension.Group, of.Key.Product], of)),
        ],
        observed);

    private static (ReportTable Table, IReadOnlyList<ReportLine> Lines) LinksTable(ReportTable table, IReadOnlyList<ReportLine> lines, IReadOnlyList<ObservedLinks> observed)
    {
        var names = table.Columns.Select(_ => Cell.None).ToArray();
        table.Columns.Add(
            [
                Column("observation_day", new("Observed on", "Date d'observation"), ColumnType.Day),
                Column("active", new("Active links", "Actifs"), ColumnType.Count, additive: true),
                Column("inactive", new("Links not active", "Non actifs"), ColumnType.Count, additive: true),
                Column("not_eligible", new("Cannot be linked", "Non noémisables"), ColumnType.Count, additive: true),
                Column("noemie_rate", new("Link rate", "Taux de noémisation"), ColumnType.Ratio, "actifs / (actifs + non actifs + non noémisables)"),
                Column("noemie_rate_of_eligible", new("Link rate of those that can be", "Taux sur noémisables"), ColumnType.Ratio, "actifs / (actifs + non actifs)"),
            ]);
        table.LineCount = lines.Count;
        table.Totals.Add([.. names, .. Line([], observed).Cells]);
        return (table, lines);
    }

    public static (ReportTable Table, IReadOnlyList<ReportLine> Lines) ReturnsTable(IReadOnlyList<Returns> returns)
    {
        var lines = returns.Select(one => Line(one, Cell.Of(one.Month))).ToArray();
        var table = new ReportTable
        {
            Key = "noemie_returns",
            TitleEn = "What came back of the compulsory scheme",
            TitleFr = "Retours du régime obligatoire",
            Columns =
            {
                Column("month", new("Month", "Mois"), ColumnType.Day),
                Column("expected_days", new("Accounting days expected", "Journées comptables attendues"), ColumnType.Count, additive: true),
                Column("received_days", new("Accounting days received", "Journées comptables reçues"), ColumnType.Count, additive: true),
                Column("completeness", new("Share received", "Complétude des journées comptables"), ColumnType.Ratio, "journées comptables reçues / attendues"),
                Column("statements", new("Statements received", "Décomptes reçus"), ColumnType.Count, additive: true),
                Column("rejections", new("Links rejected", "Rejets de rattachement"), ColumnType.Count, additive: true),
                Column("acknowledged", new("Links acknowledged", "Acquittements de rattachement"), ColumnType.Count, additive: true),
                Column("rejection_rate", new("Share rejected", "Taux de rejet de rattachement"), ColumnType.Ratio, "rejets / (rejets + acquittements), où les acquittements sont indiqués"),
                Column("treated", new("Rejections treated", "Rejets traités"), ColumnType.Count, additive: true),
                Column("treated_rate", new("Share treated", "Taux de traitement des rejets"), ColumnType.Ratio, "rejets traités / rejets"),
                Column("average_age", new("Mean age of rejections", "Ancienneté moyenne des rejets"), ColumnType.Days, "somme des (rejets × ancienneté) / rejets"),
                Column("average_cure_days", new("Mean time from rejection to sending again", "Délai moyen de cure"), ColumnType.Days, "somme des (rejets traités × délai de réémission) / rejets traités, où le délai est indiqué"),
            },
            LineCount = lines.Length,
        };
        table.Totals.Add(Line(Returns.Sum(returns), Cell.None).Cells);
        return (table, lines);
    }

    /// <summary>Links by business on the last day of the period that imports observe.</summary>
    public static async Task<IReadOnlyList<ObservedLinks>> LinksAsync(
        this TenantSession session, KnownDelegation delegation, ImportsKnown imports, Selection selection, CancellationToken cancellationToken)
    {
        const string Known =
            """
            owner_id = @OwnerId AND delegation_id = @DelegationId AND import_number <= @upTo AND end_number > @upTo AND observation_day BETWEEN @Start AND @End
            """;
        if (!imports.Tell(ImportsKnown.Links, selection.Period))
            return [];

        return await session.QueryAsync<ObservedLinks>(
            $"""
            SELECT observation_day AS observationday, individual, product, sum(active) AS active, sum(inactive) AS inactive, sum(not_eligible) AS noteligible
            FROM noemie_link_line
            {ContractMeanings.Join}
            WHERE {Known} AND observation_day = (SELECT max(observation_day) FROM noemie_link_line WHERE {Known})
              AND (@contract::text[] IS NULL OR {ContractMeanings.Contract} = ANY (@contract)) AND (@product::text[] IS NULL OR product = ANY (@product))
            GROUP BY observation_day, individual, product
            """,
            new
            {
                delegation.OwnerId,
                delegation.DelegationId,
                upTo = imports.UpTo(ImportsKnown.Links),
                selection.Period.Start,
                selection.Period.End,
                contract = selection.Codes(TechnicalDimension.Contract),
                product = selection.Codes(TechnicalDimension.Product),
                asOf = imports.AsOf,
            },
            cancellationToken);
    }

    /// <summary>Accounting days and rejections by month.</summary>
    public static async Task<IReadOnlyList<Returns>> ReturnsAsync(
        this TenantSession session, KnownDelegation delegation, ImportsKnown imports, Period period, CancellationToken cancellationToken)
    {
        if (!imports.Tell(ImportsKnown.AccountingDays, period) && !imports.Tell(ImportsKnown.Rejections, period))
            return [];

        return await session.QueryAsync<Returns>(
            """
            SELECT month, sum(expected)::bigint AS expecteddays, sum(received)::bigint AS receiveddays, sum(statements)::bigint AS statements,
                   sum(rejections)::bigint AS rejections, sum(treated)::bigint AS treated, sum(rejections * age)::numeric AS weightedage,
                   coalesce(sum(rejections) FILTER (WHERE acknowledged IS NOT NULL), 0)::bigint AS answeredrejections, sum(acknowledged)::bigint AS acknowledged,
                   coalesce(sum(treated) FILTER (WHERE cure IS NOT NULL), 0)::bigint AS cured, coalesce(sum(treated * cure), 0)::numeric AS weightedcure
            FROM (
                SELECT date_trunc('month', accounting_day)::date AS month, 1 AS expected, received::integer AS received, statements, 0 AS rejections, 0 AS treated,
                       0::numeric AS age, NULL::integer AS acknowledged, NULL::numeric AS cure
                FROM accounting_day_line
                WHERE owner_id = @OwnerId AND delegation_id = @DelegationId AND import_number <= @days AND end_number > @days AND accounting_day BETWEEN @Start AND @End
                UNION ALL
                SELECT date_trunc('month', receive_day)::date, 0, 0, 0, rejections, treated, average_age_days::numeric(12, 2), acknowledged, average_cure_days::numeric(12, 2)
                FROM noemie_rejection_line
                WHERE owner_id = @OwnerId AND delegation_id = @DelegationId AND import_number <= @rejections AND end_number > @rejections
                  AND receive_day BETWEEN @Start AND @End) told
            GROUP BY month
            ORDER BY month
            """,
            new
            {
                delegation.OwnerId,
                delegation.DelegationId,
                days = imports.UpTo(ImportsKnown.AccountingDays),
                rejections = imports.UpTo(ImportsKnown.Rejections),
                period.Start,
                period.End,
            },
            cancellationToken);
    }

    private static ReportLine Line(string[] names, IEnumerable<ObservedLinks> observed)
    {
        var all = observed.ToArray();
        var (active, inactive, notEligible) = (all.Sum(one => one.Active), all.Sum(one => one.Inactive), all.Sum(one => one.NotEligible));
        return new ReportLine
        {
            Key = LineKey.Of(names),
            Cells =
            {
                names.Select(Cell.Of),
                Cell.Of(all.Length == 0 ? null : all.Max(one => one.ObservationDay)),
                Cell.Of(active),
                Cell.Of(inactive),
                Cell.Of(notEligible),
                Cell.Decimal(Formulas.NoemieRate(active, inactive, notEligible)),
                Cell.Decimal(Formulas.NoemieRateOfEligible(active, inactive)),
            },
        };
    }

    private static ReportLine Line(Returns one, ReportCell month) => new()
    {
        Key = month.Text,
        Cells =
        {
            month,
            Cell.Of(one.ExpectedDays),
            Cell.Of(one.ReceivedDays),
            Cell.Decimal(Formulas.Share(one.ReceivedDays, one.ExpectedDays)),
            Cell.Of(one.Statements),
            Cell.Of(one.Rejections),
            Cell.Of(one.Acknowledged),
            Cell.Decimal(one.Acknowledged is { } acknowledged ? Formulas.LinkRejectionRate(one.AnsweredRejections, acknowledged) : null),
            Cell.Of(one.Treated),
            Cell.Decimal(Formulas.Share(one.Treated, one.Rejections)),
            Cell.Decimal(Formulas.WeightedMean(one.WeightedAge, one.Rejections)),
            Cell.Decimal(Formulas.WeightedMean(one.WeightedCure, one.Cured)),
        },
    };

    private static ReportColumn Column(string key, LocalizedText title, ColumnType type, string formula = "", bool additive = false) => new()
    {
        Key = key, TitleEn = title.English, TitleFr = title.French, Type = type, Formula = formula, Additive = additive,
    };
}
