using Delegation.Archive.V1;
using Delegation.Persistence.DueWork;
using Grpc.Net.ClientFactory;

namespace Delegation.Contracts.Reversibility;

/// <summary>What the end of delegations needs to run.</summary>
internal static class ReversibilityServices
{
    private static readonly string[] Holders = ["contracts", "delivery", "reporting", "watch"];

    /// <summary>
    /// Adds its commands, the watch over its tasks, and clients of the services that hold a part of the record of a delegation: the setting
    /// <c>Archive:Services</c>, all of the platform where it is not there.
    /// </summary>
    public static void AddReversibility(this WebApplicationBuilder builder)
    {
        var holders = builder.Configuration.GetSection("Archive:Services").Get<string[]>() ?? Holders;
        foreach (var service in holders)
            builder.AddPlatformGrpcClient<Archives.ArchivesClient>(service, ClientOf(service));

        builder.Services.AddSingleton(services => new RecordSources(holders, service => services.GetRequiredService<GrpcClientFactory>().CreateClient<Archives.ArchivesClient>(ClientOf(service))));
        builder.Services.AddSingleton<RecordArchive>();
        builder.Services.AddSingleton<IDueWork, Destruction>();
        builder.Services.AddSingleton<ExitCommands>();
        builder.Services.AddSingleton<IDueWork, OverdueTasks>();
    }

    // A name of its own for each: several services have the one kind of client.
    private static string ClientOf(string service) => $"archives of {service}";
}
