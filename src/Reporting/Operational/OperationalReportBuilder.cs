using System.Runtime.CompilerServices;
using Delegation.Persistence.Stored;
using Delegation.Persistence.Tenancy;
using Delegation.Reporting.Reports;
using Delegation.Reporting.V1;
using OperationKind = Delegation.Reporting.V1.Operation.Types.Kind;

namespace Delegation.Reporting.Operational;

/// <summary>
/// Tells the operational figures of a period as a report: the same that both sides read at any time, as they were when it was published. The measures of the
/// period are recorded with it: what it says of a commitment is what its breach and its penalty follow from.
/// </summary>
internal sealed class OperationalReportBuilder(MeasureRecording recording) : IReportBuilder
{
    private const string Flows = "flows";
    private const long Hundredths = 10_000;

    public Report.Types.Kind Kind => Report.Types.Kind.Operational;

    public async Task<BuiltReport> BuildAsync(TenantSession session, ReportScope scope, CancellationToken cancellationToken)
    {
        await recording.RecordAsync(session, scope.Delegation, scope.Period, cancellationToken);
        var figures = await session.ReportAsync(scope.Delegation, scope.Period, cancellationToken);
        var received = await session.FindAsync<long>(
            """
            SELECT count(*)
            FROM operation
            WHERE owner_id = @OwnerId AND delegation_id = @DelegationId AND supersede_time IS NULL AND NOT withdrawn AND receive_day BETWEEN @Start AND @End
            """,
            new { scope.Delegation.OwnerId, scope.Delegation.DelegationId, scope.Period.Start, scope.Period.End },
            cancellationToken);
        return new BuiltReport(
            TablesAsync(figures, cancellationToken),
            [
                new ControlTotal
                {
                    Key = "received_operations", TitleEn = "Operations received in the period, by their lines", TitleFr = "Opérations reçues dans la période, d'après leurs lignes",
                    Type = ColumnType.Count, Number = received, TableKey = Flows, ColumnKey = "received",
                },
            ],
            [
                new ReportChart
                {
                    TitleEn = "Flows and stocks", TitleFr = "Flux et stocks", Kind = ReportChart.Types.Kind.Bar, TableKey = Flows, XColumnKey = "kind",
                    SeriesColumnKeys = { "received", "closed", "closing" },
                },
            ]);
    }

    private static async IAsyncEnumerable<BuiltTable> TablesAsync(OperationalReport figures, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        cancellationToken.ThrowIfCancellationRequested();
        yield return FlowsOf(figures);
        yield return StockOf(figures);
        yield return RatesOf(figures);
        yield return CommitmentsOf(figures);
    }

    private static BuiltTable FlowsOf(OperationalReport figures) => new(
        new ReportTable
        {
            Key = Flows, TitleEn = "Flows, stocks and times", TitleFr = "Flux, stocks et délais",
            Columns =
            {
                Text("kind", "Kind", "Nature"), Count("opening", "Opening stock", "Stock initial"), Count("received", "Received", "Entrées"), Count("closed", "Closed", "Sorties"),
                Count("closing", "Closing stock", "Stock final"), Count("processed", "Processed", "Traitées"), Count("refused", "Refused", "Refusées"),
                Count("abandoned", "Abandoned", "Sans suite"), Count("automated", "Automated", "Automatisées"),
                Other("average_days", "Mean time (working days)", "Délai moyen (jours ouvrés)", ColumnType.Days, "Σ délais / sorties"),
                Other("percentile95_days", "95 % within (working days)", "95 % en (jours ouvrés)", ColumnType.Days, "centile 95, au rang le plus proche"),
            },
            Totals = { Cells(Cell.None, figures.Total) },
            NoteEn = "Opening stock + received − closed = closing stock.", NoteFr = "Stock initial + entrées − sorties = stock final.",
        },
        figures.Kinds.Select(kind => new ReportLine { Key = kind.Kind.Stored(), Cells = { Cells(Cell.Of(Named(kind.Kind)), kind) } }).ToAsyncEnumerable());

    private static IEnumerable<ReportCell> Cells(ReportCell name, OperationCount count) =>
    [
        name, Cell.Of(count.Opening), Cell.Of(count.Received), Cell.Of(count.Closed), Cell.Of(count.Closing), Cell.Of(count.Processed), Cell.Of(count.Refused),
        Cell.Of(count.Abandoned), Cell.Of(count.Automated), Cell.Decimal((decimal?)count.Times?.AverageDays), Cell.Decimal(count.Times?.Percentile95Days),
    ];

    private static BuiltTable StockOf(OperationalReport figures) => new(
        new ReportTable
        {
            Key = "stock_ages", TitleEn = "Age of the stock, in working days", TitleFr = "Ancienneté du stock, en jours ouvrés",
            Columns = { Text("kind", "Kind", "Nature"), Count("below_5", "Below 5", "Moins de 5"), Count("from_5_to_10", "5 to 10", "De 5 à 10"), Count("above_10", "Above 10", "Plus de 10") },
            Totals =
            {
                Cell.None, Cell.Of(figures.StockAges.Sum(age => age.Below5)), Cell.Of(figures.StockAges.Sum(age => age.From5To10)), Cell.Of(figures.StockAges.Sum(age => age.Above10)),
            },
        },
        figures.StockAges.Select(age => new ReportLine
        {
            Key = age.Kind.Stored(), Cells = { Cell.Of(Named(age.Kind)), Cell.Of(age.Below5), Cell.Of(age.From5To10), Cell.Of(age.Above10) },
        }).ToAsyncEnumerable());

    private static BuiltTable RatesOf(OperationalReport figures)
    {
        var (telephone, complaints, quality) = (figures.Telephone, figures.Complaints, figures.Quality);
        (string Key, string Name, long Part, long Whole)[] rates =
        [
            ("answered_calls", "Taux de décroché : appels décrochés / présentés", telephone.Answered, telephone.Offered),
            ("acknowledged_complaints", "Réclamations : accusées / reçues", complaints.Acknowledged, complaints.Received),
            ("complaints_per_insured", "Réclamations reçues / assurés", complaints.Received, complaints.Insured),
            ("erroneous_files", "Taux d'erreur : dossiers en anomalie / contrôlés", quality.Erroneous, quality.Checked),
            ("erroneous_amount", "Taux d'erreur financier (centimes) : écarts / montants contrôlés", quality.DeviationMinorUnits, quality.AmountMinorUnits),
            ("automated_claims", "Taux d'automatisation : sans intervention / décomptes", quality.ClaimsAutomated, quality.ClaimsTold),
            ("noemie_links", "Taux de noémisation : rattachements actifs / tous, à la dernière observation", figures.Noemie.LinksActive, figures.Noemie.Links),
            ("noemie_claims", "Taux de décomptes NOEMIE : décomptes traités reçus par NOEMIE / traités", figures.Noemie.ClaimsByNoemie, figures.Noemie.Claims),
            ("kept_commitments", "Taux de respect des engagements : poids tenus / mesurés", figures.KeptWeight, figures.MeasuredWeight),
        ];
        return new BuiltTable(
            new ReportTable
            {
                Key = "rates", TitleEn = "Quality, telephone, complaints, NOEMIE, commitments kept", TitleFr = "Qualité, téléphone, réclamations, NOEMIE, engagements tenus",
                Columns =
                {
                    Text("rate", "Rate", "Taux"), Other("part", "Part", "Partie", ColumnType.Count, ""), Other("whole", "Of", "Sur", ColumnType.Count, ""),
                    Other("ratio", "Rate in percent", "Taux en pourcentage", ColumnType.Ratio, "partie / total"),
                },
            },
            rates.Select(rate => new ReportLine
            {
                Key = rate.Key, Cells = { Cell.Of(rate.Name), Cell.Of(rate.Part), Cell.Of(rate.Whole), Cell.Quotient(rate.Part, rate.Whole) },
            }).ToAsyncEnumerable());
    }

    private static BuiltTable CommitmentsOf(OperationalReport figures) => new(
        new ReportTable
        {
            Key = "commitments", TitleEn = "Commitments of service", TitleFr = "Engagements de service",
            Columns =
            {
                Text("title", "Commitment", "Engagement"), Other("from", "From", "Du", ColumnType.Day, ""), Other("to", "To", "Au", ColumnType.Day, ""),
                Other("measured", "Measured", "Mesuré", ColumnType.Decimal, "mesure de l'engagement, dans l'unité de l'objectif"), Other("target", "Target", "Objectif", ColumnType.Decimal, ""),
                Other("tolerance", "Tolerance", "Tolérance", ColumnType.Decimal, ""), Text("verdict", "Verdict", "Constat"), Count("volume", "Volume", "Volume"), Count("in_time", "In time", "Dans le délai"),
            },
            Totals =
            {
                Cell.None, Cell.None, Cell.None, Cell.None, Cell.None, Cell.None, Cell.None, Cell.Of(figures.Measures.Sum(measure => measure.Volume)),
                Cell.Of(figures.Measures.Sum(measure => measure.InTime)),
            },
        },
        figures.Measures.Select(measure => new ReportLine
        {
            Key = $"{measure.CommitmentId}/{measure.CommitmentVersionId}/{measure.PeriodEndDay}/{measure.StartDay}",
            Cells =
            {
                Cell.Of(measure.Title), Day(measure.PeriodStartDay), Day(measure.PeriodEndDay),
                Cell.Of(measure.HasMeasuredHundredths ? measure.MeasuredHundredths * Hundredths : null), Cell.Of(measure.TargetHundredths * Hundredths),
                Cell.Of(measure.ToleranceHundredths * Hundredths), Cell.Of(Named(measure.Verdict)), Cell.Of(measure.Volume), Cell.Of(measure.InTime),
            },
        }).ToAsyncEnumerable());

    private static ReportCell Day(string day) => day.Length == 0 ? Cell.None : Cell.Of(day);

    private static ReportColumn Text(string key, string english, string french) => new() { Key = key, TitleEn = english, TitleFr = french, Type = ColumnType.Text };

    private static ReportColumn Count(string key, string english, string french) => new() { Key = key, TitleEn = english, TitleFr = french, Type = ColumnType.Count, Additive = true };

    private static ReportColumn Other(string key, string english, string french, ColumnType type, string formula) =>
        new() { Key = key, TitleEn = english, TitleFr = french, Type = type, Formula = formula };

    private static string Named(CommitmentMeasure.Types.Verdict verdict) => verdict switch
    {
        CommitmentMeasure.Types.Verdict.Kept => "Tenu",
        CommitmentMeasure.Types.Verdict.WithinTolerance => "Dans la tolérance",
        CommitmentMeasure.Types.Verdict.Breached => "Manqué",
        _ => "Non mesurable",
    };

    private static string Named(OperationKind kind) => kind switch
    {
        OperationKind.ClaimNoemie => "Prestations NOEMIE",
        OperationKind.ClaimOther => "Prestations hors NOEMIE",
        OperationKind.Quote => "Devis",
        OperationKind.HospitalCover => "Prises en charge hospitalières",
        OperationKind.Enrolment => "Adhésions et affiliations",
        OperationKind.Card => "Cartes de tiers payant",
        OperationKind.ProviderPayment => "Paiements en tiers payant",
        OperationKind.Call => "Appels",
        OperationKind.Email => "Courriels",
        OperationKind.Letter => "Courriers",
        OperationKind.Complaint => "Réclamations",
        OperationKind.Termination => "Résiliations",
        _ => "Autres",
    };
}
