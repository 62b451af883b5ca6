using Delegation.Persistence.Migrations;
using Delegation.Persistence.Provisioning;
using Npgsql;

namespace Delegation.Persistence;

/// <summary>How far one database is.</summary>
/// <param name="Service">The service whose database it is.</param>
/// <param name="Applied">Migrations of this release that are applied.</param>
/// <param name="Total">Migrations of this release.</param>
public sealed record MigrationProgress(string Service, int Applied, int Total);

/// <summary>What a run did to one database.</summary>
/// <param name="Service">The service whose database it is.</param>
/// <param name="Applied">Files that this run applied, in order, the platform's first; none when the database was up to date.</param>
/// <param name="Newer">Files that a newer release applied before, unknown to this one.</param>
public sealed record MigrationResult(string Service, IReadOnlyList<string> Applied, IReadOnlyList<string> Newer);

/// <summary>
/// Brings a service's database to the version of this release: database, roles, passwords, migrations. It may run at every start
/// and in several processes at once.
/// </summary>
/// <param name="serverConnectionString">A role of the server that may create databases and roles.</param>
/// <param name="clock">Gives the time that the history records.</param>
public sealed class DatabaseMigrator(string serverConnectionString, TimeProvider clock)
{
    /// <summary>Does it for one database. Several may run beside each other.</summary>
    /// <exception cref="MigrationException">It could not be done; the message names service, file and line, and the server's reason.</exception>
    public async Task<MigrationResult> MigrateAsync(ServiceDatabase database, IProgress<MigrationProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var service = database.Roles.Request;
        try
        {
            await using (var server = await NpgsqlConnectionExtensions.OpenUnpooledAsync(serverConnectionString, database: null, cancellationToken))
                await Provisioner.ProvisionAsync(server, database, cancellationToken);

            await using var connection = await NpgsqlConnectionExtensions.OpenUnpooledAsync(serverConnectionString, database.Name, cancellationToken);
            var (pending, newer) = await new MigrationRunner(connection, database, clock).RunAsync(
                applied => progress?.Report(new MigrationProgress(service, applied, database.TotalMigrations)),
                cancellationToken);

            return new MigrationResult(service, [.. pending.Select(file => file.FileName)], [.. newer.Select(file => file.FileName)]);
        }
        catch (MigrationException exception)
        {
            throw new MigrationException($"{service}: {exception.Message}", exception);
        }
        catch (PostgresException exception)
        {
            throw new MigrationException($"{service}: {exception.MessageText} (SQLSTATE {exception.SqlState}).", exception);
        }
        catch (NpgsqlException exception)
        {
            throw new MigrationException($"{service}: {exception.Message}.", exception);
        }
    }
}
