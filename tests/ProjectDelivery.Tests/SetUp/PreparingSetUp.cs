using Dapper;
using Delegation.Delivery.V1;
using Delegation.TestKit.Access;
using Npgsql;

namespace Delegation.ProjectDelivery.Tests.SetUp;

/// <summary>Prepares report catalogues and test deliveries.</summary>
internal static class PreparingSetUp
{
    public static ReportCatalogues.ReportCataloguesClient Catalogues(this Scene scene, Actor actor) => new(scene.As(actor));

    public static TestDeliveries.TestDeliveriesClient Deliveries(this Scene scene, Actor actor) => new(scene.As(actor));

    /// <summary>A project with a monthly report that the scoping brought out.</summary>
    public static async Task<(TwoParties Two, Project Project, string ReportId)> ReportAsync(this Scene scene)
    {
        var (two, project) = await scene.ProjectAsync();
        return (two, project, await scene.AddReportAsync(two, project.Id, "Suivi mensuel d'activité"));
    }

    /// <summary>Adds a monthly report that is due ten days after its period.</summary>
    public static async Task<string> AddReportAsync(this Scene scene, TwoParties two, string projectId, string title)
    {
        var id = Guid.CreateVersion7();
        await using var administrator = new NpgsqlConnection(scene.Database.AdminConnectionString);
        await administrator.ExecuteAsync(
            """
            INSERT INTO report_definition (
                owner_id, delegation_id, delegate_id, project_id, report_id, origin, origin_key, edited, state, title, kind, periodicity, due_days, format,
                recipient, create_time, update_time, revision)
            VALUES (
                @OwnerId, @DelegationId, @DelegateId, @project, @id, 'reports', @title, '{}', 'active', @title, 'operational', 'each_month', 10, 'csv',
                'Pilotage', now(), now(), 1)
            """,
            new { two.Parties.OwnerId, two.Parties.DelegationId, two.Parties.DelegateId, project = Guid.Parse(projectId), id, title });
        return id.ToString();
    }

    /// <summary>What people change of a report in the scoping.</summary>
    public static async Task ChangeReportAsync(this Scene scene, string reportId)
    {
        await using var administrator = new NpgsqlConnection(scene.Database.AdminConnectionString);
        await administrator.ExecuteAsync("UPDATE report_definition SET due_days = 12, revision = revision + 1 WHERE report_id = @id", new { id = Guid.Parse(reportId) });
    }

    public static async Task<ReportCatalogue> CatalogueAsync(this Scene scene, Actor actor, string projectId) =>
        await scene.Catalogues(actor).GetReportCatalogueAsync(new GetReportCatalogueRequest { ProjectId = projectId }, deadline: Preparing.Deadline);

    /// <summary>The calendar from January 2026 on, in working days.</summary>
    public static SetReportCalendarRequest Calendar(ReportCatalogue catalogue, string reportId) => new()
    {
        ProjectId = catalogue.ProjectId, ReportId = reportId, FirstPeriodDay = "2026-01-01", Counting = DueDayCounting.Ouvres, Etag = catalogue.Etag,
    };

    public static AgreeReportCatalogueRequest Agreeing(ReportCatalogue catalogue) => new() { ProjectId = catalogue.ProjectId, Etag = catalogue.Etag };

    /// <summary>A catalogue whose report has a calendar.</summary>
    public static async Task<(TwoParties Two, ReportCatalogue Catalogue)> CatalogueAsync(this Scene scene)
    {
        var (two, project, reportId) = await scene.ReportAsync();
        return (two, await scene.Catalogues(two.Insurer).SetReportCalendarAsync(
            Calendar(await scene.CatalogueAsync(two.Insurer, project.Id), reportId), deadline: Preparing.Deadline));
    }

    public static RecordTestDeliveryRequest Recording(string projectId, string reportId) => new()
    {
        ProjectId = projectId,
        ReportId = reportId,
        PeriodFirstDay = "2026-01-01",
        PeriodLastDay = "2026-01-31",
        FileName = "activite-2026-01.csv",
        FileSha256 = new string('a', 64),
        Count = Count(1200, ("Prestations – optique", 400, 52_340_00), ("Prestations – dentaire", 800, 120_000_50)),
    };

    public static DeliveryCount Count(long rows, params (string Label, long Count, long Cents)[] lines) => new()
    {
        Rows = rows, Lines = { lines.Select(line => new DeliveryLine { Label = line.Label, Count = line.Count, AmountCents = line.Cents }) },
    };

    /// <summary>A test delivery that the delegate recorded.</summary>
    public static async Task<(TwoParties Two, TestDelivery Delivery)> DeliveryAsync(this Scene scene)
    {
        var (two, project, reportId) = await scene.ReportAsync();
        return (two, await scene.Deliveries(two.Delegate).RecordTestDeliveryAsync(Recording(project.Id, reportId), deadline: Preparing.Deadline));
    }

    /// <summary>One in which the insurer counts one item of 20 euros less.</summary>
    public static async Task<(TwoParties Two, TestDelivery Delivery)> DifferenceAsync(this Scene scene)
    {
        var (two, delivery) = await scene.DeliveryAsync();
        return (two, await scene.Deliveries(two.Insurer).CountTestDeliveryAsync(
            Counting(delivery, Count(1200, ("Prestations – optique", 399, 52_320_00), ("Prestations – dentaire", 800, 120_000_50))), deadline: Preparing.Deadline));
    }

    /// <summary>The same, explained.</summary>
    public static async Task<(TwoParties Two, TestDelivery Delivery)> ExplainedAsync(this Scene scene)
    {
        var (two, delivery) = await scene.DifferenceAsync();
        return (two, await scene.Deliveries(two.Delegate).ExplainDifferenceAsync(Explaining(delivery), deadline: Preparing.Deadline));
    }

    public static CountTestDeliveryRequest Counting(TestDelivery delivery, DeliveryCount count) =>
        new() { ProjectId = delivery.ProjectId, TestDeliveryId = delivery.Id, Count = count, Etag = delivery.Etag };

    public static ExplainDifferenceRequest Explaining(TestDelivery delivery) => new()
    {
        ProjectId = delivery.ProjectId,
        TestDeliveryId = delivery.Id,
        Label = "Prestations – optique",
        Explanation = "Un remboursement annulé le 31 au soir.",
        Etag = delivery.Etag,
    };

    public static AcceptDifferencesRequest Accepting(TestDelivery delivery) =>
        new() { ProjectId = delivery.ProjectId, TestDeliveryId = delivery.Id, Etag = delivery.Etag };
}
