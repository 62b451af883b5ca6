using Delegation.Persistence.Archive;
using Delegation.Persistence.Journal;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.Extensions.Hosting;

/// <summary>The journal of a service.</summary>
public static class JournalExtensions
{
    /// <summary>
    /// Seals the journal of this service and lets others follow it. Needs the data source of the system role under the key
    /// <see cref="Delegation.Persistence.Tenancy.SystemSessions.ConnectionName"/>; <see cref="MapJournal"/> serves it.
    /// </summary>
    public static IServiceCollection AddJournal(this IServiceCollection services) => services
        .AddSingleton<JournalReader>()
        .AddSingleton<ChainReader>()
        .AddSingleton<JournalSignal>()
        .AddHostedService(provider => provider.GetRequiredService<JournalSignal>())
        .AddHostedService<Sealer>();

    /// <summary>Serves what other services take of this one: its journal (<c>delegation.journal.v1</c>), and its records of delegations (<c>delegation.archive.v1</c>).</summary>
    public static void MapJournal(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGrpcService<JournalService>();
        endpoints.MapGrpcService<ArchivesService>();
    }
}
