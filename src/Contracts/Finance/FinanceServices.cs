using Delegation.Reporting.V1;

namespace Delegation.Contracts.Finance;

/// <summary>What money needs to run.</summary>
internal static class FinanceServices
{
    /// <summary>Credit notes, whose evidence is what Reporting measured.</summary>
    public static void AddFinance(this WebApplicationBuilder builder)
    {
        builder.AddPlatformGrpcClient<Measures.MeasuresClient>("reporting");
        builder.Services.AddSingleton<MeasuresOfReporting>();
    }
}
