using Delegation.Persistence.DueWork;

namespace Delegation.Contracts.YearlyReports;

/// <summary>What yearly reports need to run.</summary>
internal static class YearlyReportServices
{
    /// <summary>Adds the commands on them, the ends of their years and the days by which they are due.</summary>
    public static void AddYearlyReports(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<YearlyReportCommands>();
        builder.Services.AddSingleton<IDueWork, YearlyReportYears>();
        builder.Services.AddSingleton<IDueWork, YearlyReportDays>();
    }
}
