using Delegation.Reporting.Rollups;
using Delegation.Reporting.V1;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Google.Protobuf.Collections;

namespace Delegation.Reporting.Technical;

/// <summary>What somebody asks of technical figures.</summary>
internal sealed record TechnicalRequest(Guid DelegationId, Selection Selection, DateTime? AsOf)
{
    private const int MostDimensions = 4;
    private const int MostCodes = 100;
    private const int LongestCode = 64;

    private static readonly FieldViolation ViewRequired = new(
        "view", "VIEW_REQUIRED", new("The view is missing.", "La vision n'est pas renseignée."),
        new("Choose ACCOUNTING or OCCURRENCE.", "Choisissez ACCOUNTING (comptable) ou OCCURRENCE (survenance)."));

    private static readonly FieldViolation BusinessUnknown = new(
        "business", "BUSINESS_UNKNOWN", new("This business is not known.", "Ce type d'affaire n'est pas connu."),
        new("Choose individual or group, or nothing for both.", "Choisissez individual (individuel) ou group (collectif), ou rien pour les deux."));

    private static readonly FieldViolation NotCombined = new(
        "breakdown", "DIMENSIONS_NOT_COMBINED", new("Figures are not kept by all of these together.", "Les chiffres ne sont pas conservés selon tous ces axes à la fois."),
        new("Month, product and business combine with all; category with act and basket; contract with category; contract, college and level together; kind of beneficiary, age band and sex together; region alone.",
            "Mois, produit et affaire se combinent avec tous ; poste avec acte et panier ; contrat avec poste ; contrat, collège et niveau ensemble ; type de bénéficiaire, tranche d'âge et sexe ensemble ; région seule."));

    public static TechnicalRequest Read(GetTechnicalReportRequest request)
    {
        var violations = new List<FieldViolation>();
        var delegationId = IdField.Read("delegation_id", request.DelegationId, violations);
        var period = WholeMonths(Period.Read(request.PeriodStartDay, request.PeriodEndDay, violations), violations);
        if (request.View is not (ReportView.Accounting or ReportView.Occurrence))
            violations.Add(ViewRequired);
        var valuationDay = ReadValuationDay(request, period, violations);
        var asOf = Reporting.AsOf.Read(request.AsOf, violations);
        var selection = new Selection
        {
            View = request.View, Period = period ?? new Period(default, default), ValuationDay = valuationDay, Breakdown = ReadBreakdown(request.Breakdown, violations), Only = ReadOnly(request, violations),
        };
        if (selection.ThemeOf(Rollup.Benefits) is null)
            violations.Add(NotCombined);

        violations.RefuseIfAny();
        return new TechnicalRequest(delegationId!.Value, selection, asOf);
    }

    /// <summary>The day as a violation when it is not the first, or not the last, of its month.</summary>
    public static FieldViolation InsideMonth(string field) => new(
        field, $"{field.ToUpperInvariant()}_INSIDE_MONTH", new("Figures are kept by months.", "Les chiffres sont conservés par mois."),
        new("Choose the first day of a month for the start, the last one for the end.", "Choisissez le premier jour d'un mois pour le début, le dernier pour la fin."));

    private static Period? WholeMonths(Period? period, List<FieldViolation> violations)
    {
        if (period is null)
            return null;
        if (period.Start.Day != 1)
            violations.Add(InsideMonth("period_start_day"));
        if (period.End != Months.EndOf(period.End))
            violations.Add(InsideMonth("period_end_day"));
        return period;
    }

    private static DateOnly? ReadValuationDay(GetTechnicalReportRequest request, Period? period, List<FieldViolation> violations)
    {
        const string Field = "valuation_day";
        if (DayField.ReadOptional(Field, request.ValuationDay, violations) is not { } day)
            return null;

        if (request.View == ReportView.Accounting)
            violations.Add(new FieldViolation(
                Field, "VALUATION_DAY_NOT_OF_VIEW", new("The accounting view has no valuation day.", "La vision comptable n'a pas de date de vision."),
                new("Leave it out, or choose the occurrence view.", "Ne l'indiquez pas, ou choisissez la vision survenance.")));
        if (day != Months.EndOf(day))
            violations.Add(InsideMonth(Field));
        if (period is not null && day < period.End)
            violations.Add(new FieldViolation(
                Field, "VALUATION_DAY_BEFORE_PERIOD", new("The period is not over at the valuation day.", "La période n'est pas achevée à la date de vision."),
                new("Choose the last day of the period or a later one.", "Choisissez le dernier jour de la période ou un jour ultérieur.")));
        return day;
    }

    private static Dimension[] ReadBreakdown(RepeatedField<TechnicalDimension> breakdown, List<FieldViolation> violations)
    {
        if (breakdown.Count > MostDimensions)
            Refuse("DIMENSIONS_TOO_MANY", new($"There are more than {MostDimensions} dimensions.", $"Il y a plus de {MostDimensions} axes."));
        if (breakdown.Distinct().Count() < breakdown.Count)
            Refuse("DIMENSION_TWICE", new("A dimension is there twice.", "Un axe figure deux fois."));
        if (breakdown.Any(value => Dimension.All.All(dimension => dimension.Value != value)))
            Refuse("DIMENSION_UNKNOWN", new("A dimension is not known.", "Un axe n'est pas connu."));
        return [.. Dimension.All.Where(dimension => breakdown.Contains(dimension.Value)).OrderBy(dimension => breakdown.IndexOf(dimension.Value))];

        void Refuse(string reason, LocalizedText message) =>
            violations.Add(new FieldViolation("breakdown", reason, message, new("Name each dimension once.", "Indiquez chaque axe une fois.")));
    }

    private static Dictionary<Dimension, string[]> ReadOnly(GetTechnicalReportRequest request, List<FieldViolation> violations)
    {
        var only = new Dictionary<Dimension, string[]>();
        Read("contract_references", request.ContractReferences, TechnicalDimension.Contract);
        Read("products", request.Products, TechnicalDimension.Product);
        Read("categories", request.Categories, TechnicalDimension.Category);
        Read("acts", request.Acts, TechnicalDimension.Act);
        Read("baskets", request.Baskets, TechnicalDimension.Basket);
        Read("colleges", request.Colleges, TechnicalDimension.College);
        Read("levels", request.Levels, TechnicalDimension.Level);
        Read("beneficiary_kinds", request.BeneficiaryKinds, TechnicalDimension.BeneficiaryKind);
        Read("age_bands", request.AgeBands, TechnicalDimension.AgeBand);
        Read("sexes", request.Sexes, TechnicalDimension.Sex);
        Read("regions", request.Regions, TechnicalDimension.Region);
        if (request.Business.Length > 0 && request.Business is not (Dimension.Individual or Dimension.Group))
            violations.Add(BusinessUnknown);
        else if (request.Business.Length > 0)
            only[Dimension.Of(TechnicalDimension.Business)] = [request.Business];
        return only;

        void Read(string field, IReadOnlyCollection<string> codes, TechnicalDimension dimension)
        {
            if (codes.Count == 0)
                return;
            if (codes.Count > MostCodes)
                violations.Add(Wrong(field, "TOO_MANY", new($"There are more than {MostCodes} codes.", $"Il y a plus de {MostCodes} codes.")));
            if (codes.Any(code => code.Length > LongestCode))
                violations.Add(Wrong(field, "TOO_LONG", new($"A code has more than {LongestCode} characters.", $"Un code dépasse {LongestCode} caractères.")));
            only[Dimension.Of(dimension)] = [.. codes];
        }
    }

    private static FieldViolation Wrong(string field, string reason, LocalizedText message) =>
        new(field, $"{field.ToUpperInvariant()}_{reason}", message, new("Shorten the list or the code.", "Raccourcissez la liste ou le code."));
}
