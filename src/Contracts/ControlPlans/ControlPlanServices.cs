using Delegation.Persistence.DueWork;

namespace Delegation.Contracts.ControlPlans;

/// <summary>What control plans need to run.</summary>
internal static class ControlPlanServices
{
    /// <summary>Adds the commands on plans and controls, and the days of controls.</summary>
    public static void AddControlPlans(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ControlPlanCommands>();
        builder.Services.AddSingleton<ControlCommands>();
        builder.Services.AddSingleton<IDueWork, ControlDeadlines>();
    }
}
