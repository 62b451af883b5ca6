extern alias migrator;

using Delegation.Persistence;
using Delegation.Persistence.Migrations;
using Delegation.TestKit;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Delegation.Contracts.Tests;

/// <summary>
/// The service as it runs, in this process: real Kestrel, a real database with all migrations, and in it the role for requests.
/// </summary>
public sealed class ContractsHost : IAsyncLifetime
{
    // The role exists once per server, and test processes share one: all give it this password.
    private const string Role = "contracts";
    private const string Password = "contracts";

    private WebApplicationFactory<Program>? _service;
    private GrpcChannel? _channel;
    private TestDatabase? _database;

    public TestDatabase Database => _database!;

    public GrpcChannel Channel => _channel!;

    public LogWatch Logs { get; } = new();

    public async Task InitializeAsync()
    {
        var migrations = MigrationSet.FromResources(typeof(migrator::Program).Assembly, Role);
        _database = await TestPostgres.CreateDatabaseAsync(
            Role,
            administrator => new DatabaseMigrator(administrator, TimeProvider.System).MigrateAsync(
                new ServiceDatabase(Role, migrations, Password, name: new NpgsqlConnectionStringBuilder(administrator).Database)),
            contents: string.Concat(migrations.Migrations.Select(migration => migration.Checksum)));

        _service = new WebApplicationFactory<Program>().WithWebHostBuilder(builder => builder
            .UseSetting("GRPC_PORT", "0")
            .UseSetting("ConnectionStrings:database", Database.ConnectionStringFor(Role, Password))
            .ConfigureLogging(logging => logging.AddProvider(Logs)));
        _service.UseKestrel();
        _service.StartServer();

        var address = _service.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        _channel = GrpcChannel.ForAddress(address);
    }

    public async Task DisposeAsync()
    {
        _channel?.Dispose();
        if (_service is not null)
            await _service.DisposeAsync();

        if (_database is not null)
            await _database.DisposeAsync();
    }
}
