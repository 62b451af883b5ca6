using Delegation.Contracts.Reversibility;
using Delegation.Persistence.DueWork;

namespace Delegation.Contracts.Contracting;

/// <summary>What contracts need to run.</summary>
internal static class ContractingServices
{
    /// <summary>Adds their commands, the watch over their terms, and how they end, with the settings of the section <c>Contracting</c>.</summary>
    public static void AddContracting(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(builder.Configuration.GetSection("Contracting").Get<ContractingOptions>() ?? new ContractingOptions());
        builder.Services.AddSingleton<ContractingCommands>();
        builder.Services.AddSingleton<IDueWork, TermWatch>();
        builder.AddReversibility();
    }
}
