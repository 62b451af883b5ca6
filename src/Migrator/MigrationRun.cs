using Delegation.Persistence;
using Delegation.Persistence.Migrations;

namespace Delegation.Migrator;

/// <summary>One run over all databases. Each is on its own: one that fails does not keep the others from their version.</summary>
internal sealed class MigrationRun(IConfiguration configuration, TimeProvider clock, MigrationStatus status, ILogger<MigrationRun> logger)
{
    /// <summary>Answers the exit code of the process: 0 when every database is at the version of this release.</summary>
    public async Task<int> ExecuteAsync(CancellationToken cancellationToken)
    {
        try
        {
            var databases = ServiceDatabases.Read(configuration);
            var server = configuration.GetConnectionString("postgres")
                ?? throw new MigrationException("The setting ConnectionStrings:postgres is missing; it is a role that may create databases and roles.");

            var migrator = new DatabaseMigrator(server, clock);
            var succeeded = await Task.WhenAll(databases.Select(database => MigrateAsync(migrator, database, cancellationToken)));
            status.Ended();

            return succeeded.All(success => success) ? 0 : 1;
        }
        catch (MigrationException exception)
        {
            logger.MigrationRefused(exception.Message);
            return 1;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            logger.MigrationStopped();
            return 1;
        }
    }

    private async Task<bool> MigrateAsync(DatabaseMigrator migrator, ServiceDatabase database, CancellationToken cancellationToken)
    {
        try
        {
            var result = await migrator.MigrateAsync(database, status, cancellationToken);
            foreach (var file in result.Applied)
                logger.MigrationApplied(result.Service, file);

            foreach (var file in result.Newer)
                logger.DatabaseIsNewer(result.Service, file);

            logger.DatabaseReady(result.Service, database.TotalMigrations);
            return true;
        }
        catch (MigrationException exception)
        {
            status.Failed(database.Roles.Request, exception.Message);
            logger.MigrationRefused(exception.Message);
            return false;
        }
    }
}
