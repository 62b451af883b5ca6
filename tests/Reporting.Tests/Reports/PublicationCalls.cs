using Dapper;
using Delegation.Reporting.Tests.Imports;
using Delegation.Reporting.Tests.Operations;
using Delegation.Reporting.V1;
using Delegation.TestKit.Access;
using Grpc.Core;
using Npgsql;
using Format = Delegation.Reporting.V1.DownloadReportRequest.Types.Format;

namespace Delegation.Reporting.Tests.Reports;

/// <summary>What tests do with reports.</summary>
internal static class PublicationCalls
{
    public static V1.Reports.ReportsClient Reports(this Scene scene, Actor actor) => new(scene.As(actor));

    /// <summary>A report of April 2026 that is due, of a delegation in which something was imported.</summary>
    public static async Task<(Sides Sides, Report Report)> DueAsync(this Scene scene, string kind = "technical")
    {
        var sides = await scene.SidesAsync();
        await scene.TellAsync(sides.Parties, new Told("R1", "quote", "2026-04-02"));
        return (sides, await scene.DueAsync(sides, kind, "2026-04"));
    }

    /// <summary>A report of a month of 2026 that is due in a delegation.</summary>
    public static async Task<Report> DueAsync(this Scene scene, Sides sides, string kind, string month)
    {
        var id = Guid.CreateVersion7();
        await using var administrator = new NpgsqlConnection(scene.Database.AdminConnectionString);
        await administrator.ExecuteAsync(
            """
            INSERT INTO report (owner_id, delegation_id, delegate_id, report_id, calendar_id, kind, title, period_start_day, period_end_day, due_day)
            VALUES (@Insurer, @Delegation, @Delegate, @id, gen_random_uuid(), @kind, 'Reporting mensuel', @first::date, @first::date + interval '1 month - 1 day', '2199-05-15')
            """,
            new { sides.Insurer, sides.Delegation, sides.Delegate, id, kind, first = $"{month}-01" });
        return await scene.GetAsync(sides, id.ToString());
    }

    public static async Task<(Sides Sides, Report Report)> PublishedAsync(this Scene scene, string kind = "technical")
    {
        var (sides, report) = await scene.DueAsync(kind);
        return (sides, await scene.PublishAsync(sides, report));
    }

    public static async Task<Report> GetAsync(this Scene scene, Sides sides, string id) => await scene.Reports(sides.Reader).GetReportAsync(
        new GetReportRequest { DelegationId = sides.Delegation.ToString(), ReportId = id }, deadline: ImportCalls.Deadline);

    public static async Task<Report> PublishAsync(this Scene scene, Sides sides, Report report, string reason = "") => await scene.Publish(sides, report, reason);

    public static AsyncUnaryCall<Report> Publish(this Scene scene, Sides sides, Report report, string reason = "") => scene.Reports(sides.Importer).PublishReportAsync(
        new PublishReportRequest { DelegationId = report.DelegationId, ReportId = report.Id, Reason = reason, Etag = report.Etag }, deadline: ImportCalls.Deadline);

    public static DisputeReportRequest Dispute(Report report, long claimed = 1, string line = "L1", string column = "benefits") => new()
    {
        DelegationId = report.DelegationId, ReportId = report.Id, TableKey = MadeUpReport.Table, LineKey = line, ColumnKey = column, ClaimedNumber = claimed,
        Reason = "Le grand livre dit autre chose.", Etag = report.Etag,
    };

    public static async Task<byte[]> DownloadAsync(this Scene scene, Actor reader, Report report, Format format, int version = 0)
    {
        using var call = scene.Reports(reader).DownloadReport(
            new DownloadReportRequest { DelegationId = report.DelegationId, ReportId = report.Id, Format = format, Version = version }, deadline: ImportCalls.Deadline);
        using var file = new MemoryStream();
        await foreach (var part in call.ResponseStream.ReadAllAsync())
            file.Write(part.Data.Span);
        return file.ToArray();
    }
}
