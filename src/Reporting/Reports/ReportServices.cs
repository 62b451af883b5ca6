using Delegation.Persistence.DueWork;
using Delegation.Reporting.Coinsurance;
using Delegation.Reporting.Formats;
using Delegation.Reporting.Reports.Calendar;
using Delegation.Reporting.Restitution;
using Delegation.Reporting.Technical;

namespace Delegation.Reporting.Reports;

/// <summary>What reports need to run.</summary>
internal static class ReportServices
{
    /// <summary>Adds publication, formats, the calendar, which follows the report catalogues of ProjectDelivery, and the insurers' shares, which follow Contracts.</summary>
    public static void AddReports(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<Publishing>();
        builder.Services.AddSingleton<Verdicts>();
        builder.Services.AddSingleton<IReportBuilder, TechnicalReportBuilder>();
        builder.Services.AddSingleton<IReportFormat, JsonFormat>();
        builder.Services.AddSingleton<IReportFormat, CsvFormat>();
        builder.Services.AddSingleton<IReportFormat, XlsxFormat>();
        builder.Services.AddSingleton<IReportFormat, PdfFormat>();
        builder.Services.AddSingleton<IDueWork, ReportFallsDue>();
        builder.Services.AddSingleton<IDueWork, ReportTurnsLate>();
        builder.AddJournalFollower<CatalogueFollower>("delivery");
        builder.AddJournalFollower<CoinsuranceFollower>("contracts");
    }

    /// <summary>The rpcs of reports, and of all the data that they are made of.</summary>
    public static void MapReports(this IEndpointRouteBuilder app)
    {
        app.MapGrpcService<ReportsService>();
        app.MapGrpcService<RestitutionService>();
    }
}
