using Delegation.Persistence.Migrations;
using Delegation.Persistence.Provisioning;

namespace Delegation.Persistence;

/// <summary>The database of one service as this release wants it: name, roles, passwords, migrations.</summary>
/// <remarks>No record: the text of a record shows its members, and two of these are secrets.</remarks>
public sealed class ServiceDatabase
{
    /// <summary>Describes the database of <paramref name="service"/>.</summary>
    /// <param name="service">Lowercase name; database and roles are named after it (<see cref="ServiceRoles"/>).</param>
    /// <param name="migrations">Its migrations, which may be none.</param>
    /// <param name="requestPassword">Password that the role for requests shall have: printable ASCII.</param>
    /// <param name="systemPassword">The same for the role that works without a caller; without one it cannot log in by password.</param>
    public ServiceDatabase(string service, MigrationSet migrations, string requestPassword, string? systemPassword = null)
    {
        Roles = new ServiceRoles(service);
        Migrations = migrations;
        RequestPassword = requestPassword;
        SystemPassword = systemPassword;
    }

    /// <summary>Database and role names.</summary>
    public ServiceRoles Roles { get; }

    /// <summary>What shapes the database.</summary>
    public MigrationSet Migrations { get; }

    internal string RequestPassword { get; }

    internal string? SystemPassword { get; }
}
