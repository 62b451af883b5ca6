using System.Text;
using Delegation.Access.V1;
using Delegation.Delivery.V1;
using Delegation.TestKit.Access;
using Google.Api;
using Google.Protobuf;
using static Delegation.ProjectDelivery.Tests.Preparing;
using Money = Delegation.Contracts.V1.Money;

namespace Delegation.ProjectDelivery.Tests.Scoping;

/// <summary>Prepares what tests and recorded calls of the scoping need.</summary>
internal static class PreparingScoping
{
    public const string Grid =
        """
        code;niveau;poste;libelle;mode;taux;forfait;plafond;base;taux_amo
        CONS;Confort;SOINS_COURANTS;Consultation généraliste;BRSS_AVEC_AMO;200 %;;;30;70 %
        CHAMBRE;Confort;HOSPITALISATION;Chambre particulière;FORFAIT;;60;;0;0

        """;

    public static ScopingAnswers.ScopingAnswersClient Answers(Scene scene, Actor actor) => new(scene.As(actor));

    public static ScopingItems.ScopingItemsClient Items(Scene scene, Actor actor) => new(scene.As(actor));

    public static UploadGuaranteeGridRequest Upload(string projectId, string grid = Grid, string etag = "") => new()
    {
        ProjectId = projectId,
        FileName = "grille.csv",
        File = new HttpBody { ContentType = "text/csv; charset=utf-8", Data = ByteString.CopyFrom(grid, Encoding.UTF8) },
        Etag = etag,
    };

    public static AnswerQuestionRequest TakeOver(string projectId, string etag = "", params string[] codes) => new()
    {
        ProjectId = projectId,
        TakeOver = new TakeOverAnswer
        {
            Parts =
            {
                (codes.Length == 0 ? ["BENEF"] : codes).Select(code => new TakeOverPart
                {
                    Code = code,
                    Category = DataCategory.Beneficiaries,
                    Title = $"Bénéficiaires {code}",
                    Source = "Gestionnaire sortant",
                    ItemCount = 120_000,
                    Amount = new Money { MinorUnits = 1_250_00, Currency = "EUR" },
                    PersonalData = true,
                }),
            },
        },
        Etag = etag,
    };

    public static AnswerQuestionRequest Reports(string projectId) => new()
    {
        ProjectId = projectId,
        Reports = new ReportsAnswer
        {
            Reports =
            {
                new ReportWish { Code = "OPE", Title = "Reporting opérationnel", Kind = ReportKind.Operational, Periodicity = ReportPeriodicity.EachMonth, DueDays = 10, Format = ReportFormat.Xlsx, Recipient = "Direction des opérations" },
                new ReportWish { Code = "TEC", Title = "Reporting technique", Kind = ReportKind.Technical, Periodicity = ReportPeriodicity.EachQuarter, DueDays = 20, Format = ReportFormat.Prdg, Recipient = "Direction technique" },
            },
        },
    };

    public static AnswerQuestionRequest Segments(string projectId) => new()
    {
        ProjectId = projectId,
        Segments = new SegmentsAnswer { Segments = { new RetainedSegment { Segment = ThirdPartySegment.SegmentPharmacy, Operator = "Opérateur A" } } },
    };

    public static AnswerQuestionRequest Functions(string projectId) => new()
    {
        ProjectId = projectId,
        Functions = new FunctionsAnswer { Functions = { new DigitalFunction { Code = "CARTE", Title = "Carte de tiers payant", Audience = DigitalAudience.Members, OpeningDay = "2026-09-01" } } },
    };

    /// <summary>An answer on the data to take over, which the insurer proposed.</summary>
    public static async Task<(TwoParties Two, ScopingAnswer Answer)> AnswerAsync(this Scene scene)
    {
        var (two, project) = await scene.ProjectAsync();
        return (two, await Answers(scene, two.Insurer).AnswerQuestionAsync(TakeOver(project.Id), deadline: Deadline));
    }

    /// <summary>A project with all five questions answered and validated by both.</summary>
    public static async Task<(TwoParties Two, Project Project)> ScopedAsync(this Scene scene, params Role[] roles)
    {
        var (two, project) = await scene.ProjectAsync(roles);
        await scene.AgreeAsync(two, await Answers(scene, two.Insurer).UploadGuaranteeGridAsync(Upload(project.Id), deadline: Deadline));
        foreach (var answer in new[] { TakeOver(project.Id), Reports(project.Id), Segments(project.Id), Functions(project.Id) })
            await scene.AgreeAsync(two, await Answers(scene, two.Delegate).AnswerQuestionAsync(answer, deadline: Deadline));
        return (two, project);
    }

    /// <summary>Both sides validate an answer.</summary>
    public static async Task<ScopingAnswer> AgreeAsync(this Scene scene, TwoParties two, ScopingAnswer answer)
    {
        await Answers(scene, two.Insurer).ValidateScopingAnswerAsync(Validation(answer), deadline: Deadline);
        return await Answers(scene, two.Delegate).ValidateScopingAnswerAsync(Validation(answer), deadline: Deadline);
    }

    public static ValidateScopingAnswerRequest Validation(ScopingAnswer answer) => new() { ProjectId = answer.ProjectId, Question = answer.Question, Etag = answer.Etag };

    public static async Task<Deliverable> DeliverableAsync(this Scene scene, Actor actor, Project project) => (await Items(scene, actor).ListDeliverablesAsync(
        new ListDeliverablesRequest { ProjectId = project.Id }, deadline: Deadline)).Deliverables[0];

    public static async Task<TakeOverLot> LotAsync(this Scene scene, Actor actor, Project project) => (await Items(scene, actor).ListTakeOverLotsAsync(
        new ListTakeOverLotsRequest { ProjectId = project.Id }, deadline: Deadline)).TakeOverLots[0];

    public static async Task<ReportDefinition> ReportAsync(this Scene scene, Actor actor, Project project) => (await Items(scene, actor).ListReportDefinitionsAsync(
        new ListReportDefinitionsRequest { ProjectId = project.Id }, deadline: Deadline)).ReportDefinitions[0];

    public static async Task<AcceptanceCase> CaseAsync(this Scene scene, Actor actor, Project project) => (await Items(scene, actor).ListAcceptanceCasesAsync(
        new ListAcceptanceCasesRequest { ProjectId = project.Id }, deadline: Deadline)).AcceptanceCases[0];

    /// <summary>The request that changes nothing.</summary>
    public static UpdateDeliverableRequest Whole(Deliverable item) => new()
    {
        ProjectId = item.ProjectId, DeliverableId = item.Id, Title = item.Title, Description = item.Description, Side = item.Side, DueDay = item.DueDay,
        State = item.Origin.State, Etag = item.Etag,
    };

    /// <summary>The request that changes nothing.</summary>
    public static UpdateTakeOverLotRequest Whole(TakeOverLot item) => new()
    {
        ProjectId = item.ProjectId, LotId = item.Id, Title = item.Title, Category = item.Category, Source = item.Source, ItemCount = item.ItemCount,
        Amount = item.Amount, PersonalData = item.PersonalData, State = item.Origin.State, Etag = item.Etag,
    };

    /// <summary>The request that changes nothing.</summary>
    public static UpdateReportDefinitionRequest Whole(ReportDefinition item) => new()
    {
        ProjectId = item.ProjectId, ReportId = item.Id, Title = item.Title, Kind = item.Kind, Periodicity = item.Periodicity, DueDays = item.DueDays,
        Format = item.Format, Recipient = item.Recipient, State = item.Origin.State, Etag = item.Etag,
    };

    /// <summary>The request that changes nothing.</summary>
    public static UpdateAcceptanceCaseRequest Whole(AcceptanceCase item) => new()
    {
        ProjectId = item.ProjectId, CaseId = item.Id, Title = item.Title, Spent = item.Spent, Amo = item.Amo, Expected = item.Expected, Formula = item.Formula,
        State = item.Origin.State, Etag = item.Etag,
    };
}
