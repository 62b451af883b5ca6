using Delegation.Persistence.DueWork;

namespace Delegation.Contracts.LetterOfEngagement;

/// <summary>What letters of engagement need to run.</summary>
internal static class LetterServices
{
    /// <summary>Adds their commands and their expiry, with the bounds of the section <c>LetterOfEngagement</c>.</summary>
    public static void AddLetters(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(builder.Configuration.GetSection("LetterOfEngagement").Get<LetterOptions>() ?? new LetterOptions());
        builder.Services.AddSingleton<LetterCommands>();
        builder.Services.AddSingleton<IDueWork, LetterExpiry>();
    }
}
