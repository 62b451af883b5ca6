using Delegation.Persistence;
using Delegation.Persistence.Migrations;

namespace Delegation.Migrator;

/// <summary>The databases of the platform, with the passwords that the orchestrator gave us.</summary>
internal static class ServiceDatabases
{
    public static readonly string[] Services = ["contracts", "delivery", "reporting", "watch"];

    /// <exception cref="MigrationException">A password is missing, or the migration files of a service are not in order.</exception>
    public static IReadOnlyList<ServiceDatabase> Read(IConfiguration configuration) => [.. Services.Select(service => Read(configuration, service))];

    private static ServiceDatabase Read(IConfiguration configuration, string service) => new(
        service,
        MigrationSet.FromResources(typeof(ServiceDatabases).Assembly, service),
        configuration[$"Passwords:{service}"] ?? throw new MigrationException($"{service}: the setting Passwords:{service} is missing; it is the password of the role {service}."),
        configuration[$"Passwords:{service}_system"]);
}
