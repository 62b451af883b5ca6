using Delegation.Access.V1;
using Delegation.Delivery.V1;
using Delegation.Persistence.Access;
using Delegation.ProjectDelivery.Projects;
using Delegation.ProjectDelivery.Scoping.Grid;
using Delegation.ProjectDelivery.Scoping.Items;
using Delegation.ServiceDefaults.Fields;

namespace Delegation.ProjectDelivery.Scoping.Generation;

/// <summary>
/// What answers generate, from nothing but the answers and the days of their project. Titles are in French, the language of the parties'
/// documents; they are theirs to edit.
/// </summary>
internal sealed record WantedItems(
    IReadOnlyList<DeliverableRow> Deliverables,
    IReadOnlyList<TakeOverLotRow> Lots,
    IReadOnlyList<ReportDefinitionRow> Reports,
    IReadOnlyList<AcceptanceCaseRow> Cases,
    IReadOnlyList<PlannedItemRow> Plan)
{
    private static readonly WantedItems Nothing = new([], [], [], [], []);

    /// <summary>What all of these answers generate.</summary>
    public static WantedItems Of(ProjectRow project, IEnumerable<ScopingAnswer> answers) =>
        answers.Select(answer => Of(project, answer)).Aggregate(Nothing, (all, some) => new WantedItems(
            [.. all.Deliverables, .. some.Deliverables], [.. all.Lots, .. some.Lots], [.. all.Reports, .. some.Reports], [.. all.Cases, .. some.Cases], [.. all.Plan, .. some.Plan]));

    private static WantedItems Of(ProjectRow project, ScopingAnswer answer) => answer.ContentCase switch
    {
        ScopingAnswer.ContentOneofCase.GuaranteeGrid => OfGrid(ItemSeed.Of(project, ScopingQuestion.GuaranteeGrid), answer.GuaranteeGrid),
        ScopingAnswer.ContentOneofCase.TakeOver => OfTakeOver(ItemSeed.Of(project, ScopingQuestion.TakeOver), answer.TakeOver),
        ScopingAnswer.ContentOneofCase.Reports => OfReports(ItemSeed.Of(project, ScopingQuestion.Reports), answer.Reports),
        ScopingAnswer.ContentOneofCase.Segments => OfSegments(ItemSeed.Of(project, ScopingQuestion.ThirdPartySegments), answer.Segments),
        ScopingAnswer.ContentOneofCase.Functions => OfFunctions(ItemSeed.Of(project, ScopingQuestion.DigitalFunctions), answer.Functions),
        _ => Nothing,
    };

    private static WantedItems OfGrid(ItemSeed seed, GuaranteeGrid grid) => Nothing with
    {
        Deliverables =
        [
            .. grid.Lines.Select(line => line.Level).Distinct().Select(level => seed.Plant(
                level,
                Deliverable($"Paramétrage des garanties : niveau {level}", "Garanties du niveau paramétrées dans l'outil de gestion, d'après la grille validée.", seed.Due(60)))),
        ],
        Cases = [.. grid.Lines.SelectMany(line => GridCases.Of(line).Select(tried => seed.Plant($"{line.Level}/{line.Code}/{tried.Key}", Case(line, tried.Title, tried.Spent))))],
        Plan =
        [
            seed.Plant("check", Action(
                "Contrôler le paramétrage de la grille des garanties", "Comparer le paramétrage à la grille validée, niveau par niveau.", Side.Insurer, Role.Operations, seed.Due(70))),
        ],
    };

    private static WantedItems OfTakeOver(ItemSeed seed, TakeOverAnswer answer) => Nothing with
    {
        Deliverables = answer.Parts.Count == 0 ? [] : [seed.Plant("plan", Deliverable("Plan de reprise des données", "Lots, formats, calendrier, contrôles et rapprochements de la reprise.", seed.Due(45)))],
        Lots =
        [
            .. answer.Parts.Select(part => seed.Plant(part.Code, new TakeOverLotRow
            {
                Title = part.Title,
                Category = part.Category.Stored(),
                Source = part.Source,
                ItemCount = part.ItemCount,
                AmountCents = part.Amount?.MinorUnits,
                PersonalData = part.PersonalData,
            })),
        ],
        Plan =
        [
            .. answer.Parts.Select(part => seed.Plant(part.Code, Action(
                $"Fournir les données à reprendre : {part.Title}",
                $"Source : {part.Source}." + (part.PersonalData ? " Données personnelles : aucune donnée réelle avant la signature des clauses RGPD." : ""),
                Side.Insurer, Role.Operations, seed.Due(60)))),
        ],
    };

    private static WantedItems OfReports(ItemSeed seed, ReportsAnswer answer) => Nothing with
    {
        Deliverables = [.. answer.Reports.Select(report => seed.Plant(report.Code, Deliverable($"Modèle de reporting : {report.Title}", $"Destinataire : {report.Recipient}.", seed.Due(60))))],
        Reports =
        [
            .. answer.Reports.Select(report => seed.Plant(report.Code, new ReportDefinitionRow
            {
                Title = report.Title,
                Kind = report.Kind.Stored(),
                Periodicity = report.Periodicity.Stored(),
                DueDays = report.DueDays,
                Format = report.Format.Stored(),
                Recipient = report.Recipient,
            })),
        ],
        Plan = [seed.Plant("calendar", Action("Arrêter le calendrier des reportings", "Première période, échéances et destinataires de chaque reporting.", Side.Delegate, Role.Reporting, seed.Due(45)))],
    };

    private static WantedItems OfSegments(ItemSeed seed, SegmentsAnswer answer) => Nothing with
    {
        Deliverables =
        [
            .. answer.Segments.Select(retained => seed.Plant(retained.Segment.Stored(), Deliverable(
                $"Tiers payant : {SegmentNames.French(retained.Segment)}", $"Segment ouvert et paramétré. Opérateur : {retained.Operator}.", seed.Due(75)))),
        ],
        Plan =
        [
            .. answer.Segments.Select(retained => retained.Operator).Distinct().Select(operatorName => seed.Plant($"operator/{operatorName}", Action(
                $"Organiser le tiers payant avec {operatorName}", "Convention, flux, tests et date d'ouverture des segments retenus.", Side.Delegate, Role.Operations, seed.Due(60)))),
        ],
    };

    private static WantedItems OfFunctions(ItemSeed seed, FunctionsAnswer answer) => Nothing with
    {
        Deliverables = [.. answer.Functions.Select(function => seed.Plant(function.Code, Deliverable($"Fonctionnalité digitale : {function.Title}", "Ouverte à son public, textes validés.", seed.Due(75))))],
        Plan =
        [
            .. answer.Functions.Where(function => function.OpeningDay.Length > 0).Select(function => seed.Plant(function.Code, new PlannedItemRow
            {
                Kind = PlannedItemRow.Milestone,
                Title = $"Ouverture : {function.Title}",
                Description = "",
                DueDay = DayField.ReadOptional("opening_day", function.OpeningDay, [])!.Value,
            })),
        ],
    };

    private static DeliverableRow Deliverable(string title, string description, DateOnly due) =>
        new() { Title = title, Description = description, Side = Side.Delegate.Code(), DueDay = due };

    private static PlannedItemRow Action(string title, string description, Side side, Role role, DateOnly due) =>
        new() { Kind = PlannedItemRow.Action, Title = title, Description = description, Side = side.Code(), Role = role.Code(), DueDay = due };

    private static AcceptanceCaseRow Case(GuaranteeLine line, string tried, long spent) => new()
    {
        Title = $"{line.Label} ({line.Level}) : {tried}",
        Guarantee = line.Code,
        Level = line.Level,
        Category = line.Category.Stored(),
        SpentCents = spent,
        BaseCents = line.Base.MinorUnits,
        AmoRatePpm = (int)line.AmoRatePpm,
        AmoCents = Reimbursement.Amo(line, spent),
        ExpectedCents = Reimbursement.Amc(line, spent),
        Formula = Reimbursement.Formula(line),
    };
}
