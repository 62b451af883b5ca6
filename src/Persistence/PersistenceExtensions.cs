using Delegation.Persistence.Commands;
using Delegation.Persistence.DueWork;
using Delegation.Persistence.Tenancy;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Delegation.Persistence;

/// <summary>What a service needs to work with its database.</summary>
public static class PersistenceExtensions
{
    /// <summary>
    /// Adds sessions of the role for requests (<c>ConnectionStrings:database</c>) and of the system role
    /// (<c>ConnectionStrings:system</c>), commands, and the worker for what becomes due.
    /// </summary>
    public static void AddPersistence(this IHostApplicationBuilder builder)
    {
        builder.AddNpgsqlDataSource("database", configureDataSourceBuilder: Pools.OfRequests);
        builder.AddKeyedNpgsqlDataSource(SystemSessions.ConnectionName, configureDataSourceBuilder: Pools.OfSystem);
        builder.Services.AddSingleton<TenantSessions>();
        builder.Services.AddSingleton<SystemSessions>();
        builder.Services.AddSingleton<CommandRunner>();
        builder.Services.AddSingleton<IDueWork, ExpiryOfAnswers>();
        builder.Services.AddSingleton<DueWorkQueue>();
        builder.Services.AddHostedService<DueWorker>();
    }
}
