using Delegation.Persistence.DueWork;
using Delegation.Reporting.Commitments;
using Delegation.Reporting.Reports;

namespace Delegation.Reporting.Operational;

/// <summary>What measures of commitments and the operational report are made of.</summary>
internal static class OperationalServices
{
    /// <summary>Follows the commitments of Contracts, and adds the commands on measures and what is due each month.</summary>
    public static void AddOperational(this IHostApplicationBuilder builder)
    {
        builder.AddJournalFollower<CommitmentFollower>("contracts");
        builder.Services.AddSingleton<MonthlyMeasures>();
        builder.Services.AddSingleton<IDueWork>(services => services.GetRequiredService<MonthlyMeasures>());
        builder.Services.AddSingleton<MeasureRecording>();
        builder.Services.AddSingleton<MeasureCommands>();
        builder.Services.AddSingleton<IReportBuilder, OperationalReportBuilder>();
    }

    /// <summary>The rpcs of measures, marks and the operational report.</summary>
    public static void MapOperational(this IEndpointRouteBuilder app)
    {
        app.MapGrpcService<MeasuresService>();
        app.MapGrpcService<OperationMarksService>();
        app.MapGrpcService<OperationalReportsService>();
    }
}
