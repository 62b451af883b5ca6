extern alias migrator;

using Delegation.Persistence;
using Delegation.Persistence.Migrations;
using Delegation.TestKit;
using Delegation.TestKit.Tokens;
using Grpc.Core;
using Grpc.Core.Interceptors;
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
/// The service as it runs, in this process: real Kestrel, a real database with all migrations, and in it the service's two roles.
/// </summary>
public sealed class ContractsHost : IAsyncLifetime
{
    // The role exists once per server, and test processes share one: all give it this password.
    private const string Role = "contracts";
    private const string Password = "contracts";
    private const string SystemRole = "contracts_system";

    public const string SystemClient = "a-service";

    private WebApplicationFactory<Program>? _service;
    private GrpcChannel? _channel;
    private TestDatabase? _database;
    private TestIssuer? _issuer;

    public TestDatabase Database => _database!;

    /// <summary>For calls without a token, or with one that the test makes.</summary>
    public GrpcChannel Channel => _channel!;

    public TestIssuer Issuer => _issuer!;

    public LogWatch Logs { get; } = new();

    public async Task InitializeAsync()
    {
        var migrations = MigrationSet.FromResources(typeof(migrator::Program).Assembly, Role);
        _database = await TestPostgres.CreateDatabaseAsync(
            Role,
            administrator => new DatabaseMigrator(administrator, TimeProvider.System).MigrateAsync(
                new ServiceDatabase(Role, migrations, Password, SystemRole, new NpgsqlConnectionStringBuilder(administrator).Database)),
            contents: string.Concat(MigrationSet.Platform.Migrations.Concat(migrations.Migrations).Select(migration => migration.Checksum)));

        _issuer = await TestIssuer.StartAsync();
        _service = new WebApplicationFactory<Program>().WithWebHostBuilder(builder => builder
            .UseSetting("GRPC_PORT", "0")
            .UseSetting("Authentication:Authority", _issuer.Authority)
            .UseSetting("Authentication:SystemClients:0", SystemClient)
            .UseSetting("ConnectionStrings:database", Database.ConnectionStringFor(Role, Password))
            .UseSetting("ConnectionStrings:system", Database.ConnectionStringFor(SystemRole, SystemRole))
            .ConfigureLogging(logging => logging.AddProvider(Logs)));
        _service.UseKestrel();
        _service.StartServer();

        var address = _service.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        _channel = GrpcChannel.ForAddress(address);
    }

    /// <summary>Calls in the name of somebody: a subject of the issuer, and the organisation that they name.</summary>
    public CallInvoker As(string subject, string? organization = null) => organization is null
        ? WithToken(Issuer.Token(subject))
        : Channel.Intercept(new Headers(("authorization", $"Bearer {Issuer.Token(subject)}"), ("organization", organization)));

    /// <summary>Calls with a token.</summary>
    public CallInvoker WithToken(string token) => Channel.Intercept(new Headers(("authorization", $"Bearer {token}")));

    public async Task DisposeAsync()
    {
        _channel?.Dispose();
        if (_service is not null)
            await _service.DisposeAsync();

        if (_issuer is not null)
            await _issuer.DisposeAsync();

        if (_database is not null)
            await _database.DisposeAsync();
    }
}
