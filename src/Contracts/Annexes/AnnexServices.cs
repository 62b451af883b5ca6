using Delegation.Persistence.DueWork;

namespace Delegation.Contracts.Annexes;

/// <summary>What annexes need to run.</summary>
internal static class AnnexServices
{
    /// <summary>Adds their commands, their uploads and their deadlines, with the bounds of the section <c>Annexes</c>.</summary>
    public static void AddAnnexes(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(builder.Configuration.GetSection("Annexes").Get<AnnexOptions>() ?? new AnnexOptions());
        builder.Services.AddSingleton<AnnexCommands>();
        builder.Services.AddSingleton<AnnexUploads>();
        builder.Services.AddSingleton<IDueWork, AnnexDeadlineWork>();
    }
}
