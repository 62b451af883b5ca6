using Delegation.Access.V1;
using Delegation.Contracts.V1;
using Delegation.Delivery.V1;
using Delegation.ProjectDelivery.Tests.Scoping;
using Delegation.TestKit.Access;
using Grpc.Core;
using static Delegation.ProjectDelivery.Tests.Preparing;
using Result = Delegation.Delivery.V1.AcceptanceRun.Types.Result;

namespace Delegation.ProjectDelivery.Tests.Acceptance;

/// <summary>A campaign of a project with one case by hand, which expects 20,00 €.</summary>
internal sealed record Tested(TwoParties Two, Campaign Campaign, CampaignCase Case)
{
    public string ProjectId => Campaign.ProjectId;
}

/// <summary>Prepares campaigns, anomalies and reports.</summary>
internal static class PreparingAcceptance
{
    public static async Task<Tested> CampaignAsync(this Scene scene)
    {
        var (two, project) = await scene.ProjectAsync(Role.ProjectLead, Role.DelegationManager);
        var campaign = await scene.Campaigns(two.Insurer).CreateCampaignAsync(NewCampaign(project.Id), deadline: Deadline);
        var written = await scene.Campaigns(two.Insurer).WriteCaseAsync(NewCase(campaign), deadline: Deadline);
        return new Tested(two, campaign, written);
    }

    /// <summary>A run of the case that failed, and the anomaly that it opened, which the delegate is to fix.</summary>
    public static async Task<(Tested Tested, Anomaly Anomaly)> AnomalyAsync(this Scene scene, AnomalySeverity severity = AnomalySeverity.Major)
    {
        var tested = await scene.CampaignAsync();
        return (tested, await scene.FailAsync(tested, severity));
    }

    public static async Task<Anomaly> FailAsync(this Scene scene, Tested tested, AnomalySeverity severity = AnomalySeverity.Major)
    {
        var run = await scene.RunAsync(tested.Two.Insurer, Failed(tested, severity));
        var all = await scene.Anomalies(tested.Two.Insurer).ListAnomaliesAsync(new ListAnomaliesRequest { ProjectId = tested.ProjectId }, deadline: Deadline);
        return all.Anomalies.Single(anomaly => anomaly.RunId == run.Id);
    }

    /// <summary>An acceptance report of a campaign whose case passed, which waits for signatures.</summary>
    public static async Task<(Tested Tested, AcceptanceReport Report)> ReportAsync(this Scene scene)
    {
        var tested = await scene.CampaignAsync();
        await scene.RunAsync(tested.Two.Insurer, Passed(tested));
        return (tested, await scene.IssueAsync(tested));
    }

    public static async Task<AcceptanceReport> IssueAsync(this Scene scene, Tested tested) =>
        await scene.Reports(tested.Two.Insurer).IssueAcceptanceReportAsync(Acceptance(tested), deadline: Deadline);

    /// <summary>Both sides sign.</summary>
    public static async Task<AcceptanceReport> SealAsync(this Scene scene, TwoParties two, AcceptanceReport report)
    {
        await scene.SignAsync(two.Insurer, report);
        return await scene.SignAsync(two.Delegate, report);
    }

    public static async Task<AcceptanceReport> SignAsync(this Scene scene, Actor actor, AcceptanceReport report) =>
        await scene.Reports(actor).SignAcceptanceReportAsync(Signature(report), deadline: Deadline);

    public static async Task<AcceptanceReport> ReportOfAsync(this Scene scene, Actor actor, AcceptanceReport report) =>
        await scene.Reports(actor).GetAcceptanceReportAsync(new GetAcceptanceReportRequest { ProjectId = report.ProjectId, ReportId = report.Id }, deadline: Deadline);

    public static async Task<AcceptanceReport> WithdrawAsync(this Scene scene, Actor actor, AcceptanceReport report)
    {
        var read = await scene.ReportOfAsync(actor, report);
        return await scene.Reports(actor).WithdrawAcceptanceReportAsync(
            new WithdrawAcceptanceReportRequest { ProjectId = report.ProjectId, ReportId = report.Id, Etag = read.Etag }, deadline: Deadline);
    }

    public static async Task<byte[]> DownloadAsync(this Scene scene, Actor actor, AcceptanceReport report)
    {
        using var call = scene.Reports(actor).DownloadAcceptanceReport(
            new DownloadAcceptanceReportRequest { ProjectId = report.ProjectId, ReportId = report.Id }, deadline: Deadline);
        using var bytes = new MemoryStream();
        await foreach (var part in call.ResponseStream.ReadAllAsync())
            part.Data.WriteTo(bytes);
        return bytes.ToArray();
    }

    /// <summary>Another title and another amount.</summary>
    public static async Task<AcceptanceCase> ChangeCaseAsync(this Scene scene, Actor actor, Tested tested)
    {
        var items = new ScopingItems.ScopingItemsClient(scene.As(actor));
        var read = await items.GetAcceptanceCaseAsync(new GetAcceptanceCaseRequest { ProjectId = tested.ProjectId, CaseId = tested.Case.CaseId }, deadline: Deadline);
        var changed = PreparingScoping.Whole(read);
        changed.Title = $"Consultation {Guid.NewGuid()}";
        changed.Expected = Euros(21_00);
        return await items.UpdateAcceptanceCaseAsync(changed, deadline: Deadline);
    }

    public static async Task<Project> RenameProjectAsync(this Scene scene, Actor actor, string projectId)
    {
        var projects = new Delivery.V1.Projects.ProjectsClient(scene.As(actor));
        var read = await projects.GetProjectAsync(new GetProjectRequest { ProjectId = projectId }, deadline: Deadline);
        return await projects.UpdateProjectAsync(new UpdateProjectRequest { ProjectId = projectId, Name = $"Reprise {Guid.NewGuid()}", Etag = read.Etag }, deadline: Deadline);
    }

    public static async Task<AcceptanceRun> RunAsync(this Scene scene, Actor actor, RecordRunRequest run) =>
        await scene.Campaigns(actor).RecordRunAsync(run, deadline: Deadline);

    public static async Task<Anomaly> FixAsync(this Scene scene, Tested tested, Anomaly anomaly) =>
        await scene.Anomalies(tested.Two.Delegate).FixAnomalyAsync(
            new FixAnomalyRequest { ProjectId = anomaly.ProjectId, AnomalyId = anomaly.Id, Fix = "Taux corrigé.", Etag = (await scene.ReadAsync(tested, anomaly)).Etag },
            deadline: Deadline);

    public static async Task<Anomaly> ReadAsync(this Scene scene, Tested tested, Anomaly anomaly) => await scene.Anomalies(tested.Two.Insurer).GetAnomalyAsync(
        new GetAnomalyRequest { ProjectId = anomaly.ProjectId, AnomalyId = anomaly.Id }, deadline: Deadline);

    public static async Task<CampaignCase> ReadCaseAsync(this Scene scene, Tested tested) => (await scene.Campaigns(tested.Two.Delegate).ListCampaignCasesAsync(
        new ListCampaignCasesRequest { ProjectId = tested.ProjectId, CampaignId = tested.Campaign.Id }, deadline: Deadline)).Cases.Single();

    public static Campaigns.CampaignsClient Campaigns(this Scene scene, Actor actor) => new(scene.As(actor));

    public static Anomalies.AnomaliesClient Anomalies(this Scene scene, Actor actor) => new(scene.As(actor));

    public static AcceptanceReports.AcceptanceReportsClient Reports(this Scene scene, Actor actor) => new(scene.As(actor));

    public static Money Euros(long cents) => new() { MinorUnits = cents, Currency = "EUR" };

    public static CreateCampaignRequest NewCampaign(string projectId) => new()
    {
        ProjectId = projectId, Name = "Recette de bout en bout", Kind = Campaign.Types.Kind.EndToEnd, TestingSide = Side.Insurer,
        FirstDay = "2026-09-01", LastDay = "2026-09-30",
    };

    public static WriteCaseRequest NewCase(Campaign campaign) => new()
    {
        ProjectId = campaign.ProjectId,
        CampaignId = campaign.Id,
        Title = "Consultation d'un spécialiste",
        Guarantee = "Consultations",
        Formula = "100 % BR − AMO",
        Spent = Euros(50_00),
        Compulsory = Euros(16_50),
        Expected = Euros(20_00),
    };

    public static RecordRunRequest Passed(Tested tested, long cents = 20_00) => new()
    {
        ProjectId = tested.ProjectId, CampaignId = tested.Campaign.Id, CaseId = tested.Case.CaseId, Result = Result.Passed, Actual = Euros(cents),
    };

    public static RecordRunRequest Failed(Tested tested, AnomalySeverity severity = AnomalySeverity.Major) => new()
    {
        ProjectId = tested.ProjectId,
        CampaignId = tested.Campaign.Id,
        CaseId = tested.Case.CaseId,
        Result = Result.Failed,
        Actual = Euros(19_99),
        Observation = "Un centime de moins.",
        Anomaly = new NewAnomaly
        {
            Title = "Arrondi par défaut", Description = "Le centime se perd.", Severity = severity, Side = Side.Delegate, DueDay = "2026-09-15",
        },
    };

    public static RecordRunRequest FailedAgain(Tested tested, Anomaly anomaly)
    {
        var run = Failed(tested);
        run.Anomaly = null;
        run.AnomalyId = anomaly.Id;
        return run;
    }

    public static SettleAnomalyRequest Settlement(Anomaly anomaly, string reserve = "", AnomalySeverity severity = AnomalySeverity.Unspecified) => new()
    {
        ProjectId = anomaly.ProjectId, AnomalyId = anomaly.Id, Reserve = reserve, Severity = severity, Etag = anomaly.Etag,
    };

    public static UpdateAnomalyRequest Whole(Anomaly anomaly) => new()
    {
        ProjectId = anomaly.ProjectId, AnomalyId = anomaly.Id, Title = anomaly.Title, Description = anomaly.Description, Severity = anomaly.Severity,
        Side = anomaly.Side, DueDay = anomaly.DueDay, Etag = anomaly.Etag,
    };

    public static IssueAcceptanceReportRequest Acceptance(Tested tested) =>
        new() { ProjectId = tested.ProjectId, Kind = AcceptanceReport.Types.Kind.Acceptance, CampaignId = tested.Campaign.Id };

    public static SignAcceptanceReportRequest Signature(AcceptanceReport report) =>
        new() { ProjectId = report.ProjectId, ReportId = report.Id, TextSha256 = report.TextSha256 };
}
