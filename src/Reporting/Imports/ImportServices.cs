using Delegation.Persistence.DueWork;
using Delegation.Reporting.ContractReferences;

namespace Delegation.Reporting.Imports;

/// <summary>What imports need to run.</summary>
internal static class ImportServices
{
    /// <summary>Adds their commands, their uploads and their expiry, with the bounds of the section <c>Imports</c>.</summary>
    public static void AddImports(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(builder.Configuration.GetSection("Imports").Get<ImportOptions>() ?? new ImportOptions());
        builder.Services.AddSingleton<ImportCommands>();
        builder.Services.AddSingleton<ImportUploads>();
        builder.Services.AddSingleton<IDueWork, ImportExpiry>();
        builder.AddJournalFollower<ContractsFollower>("contracts");
    }

    /// <summary>The rpcs of imports and of what they tell.</summary>
    public static void MapImports(this IEndpointRouteBuilder app)
    {
        app.MapGrpcService<ImportsService>();
        app.MapGrpcService<ImportMappingsService>();
        app.MapGrpcService<ContractMatchesService>();
    }
}
