using Delegation.Persistence.Migrations;
using Delegation.Persistence.Provisioning;

namespace Delegation.Persistence;

/// <summary>The database of one service as this release wants it: name, roles, passwords, migrations.</summary>
/// <remarks>No record: the text of a record shows its members, and two of these are secrets.</remarks>
public sealed class ServiceDatabase
{
    // PostgreSQL cuts longer names without saying so.
    private const int LongestName = 63;

    /// <summary>Describes the database of <paramref name="service"/>.</summary>
    /// <param name="service">Lowercase letters, digits and underscores; the roles are named after it (<see cref="ServiceRoles"/>).</param>
    /// <param name="migrations">What shapes it beside what every service's database has; may be none.</param>
    /// <param name="requestPassword">Password that the role for requests shall have: printable ASCII.</param>
    /// <param name="systemPassword">The same for the role that works without a caller; without one it cannot log in by password.</param>
    /// <param name="name">Name of the database; null is that of the service.</param>
    /// <exception cref="ArgumentException">A name has another form.</exception>
    public ServiceDatabase(string service, MigrationSet migrations, string requestPassword, string? systemPassword = null, string? name = null)
    {
        Name = PlainName.Checked(name ?? service, LongestName);
        Roles = new ServiceRoles(service);
        Migrations = migrations;
        RequestPassword = requestPassword;
        SystemPassword = systemPassword;
    }

    /// <summary>Name of the database.</summary>
    public string Name { get; }

    /// <summary>Its roles.</summary>
    public ServiceRoles Roles { get; }

    /// <summary>What shapes it, after what the platform gives to every service.</summary>
    public MigrationSet Migrations { get; }

    /// <summary>Files to apply to an empty database: the platform's and the service's own.</summary>
    public int TotalMigrations => Platform.Migrations.Count + Migrations.Migrations.Count;

    // Tests of applying migrations bring their own.
    internal MigrationSet Platform { get; init; } = MigrationSet.Platform;

    internal string RequestPassword { get; }

    internal string? SystemPassword { get; }
}
