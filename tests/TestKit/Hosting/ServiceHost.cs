using System.Globalization;
using System.Reflection;
using Delegation.Persistence;
using Delegation.Persistence.Migrations;
using Delegation.TestKit.Access;
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
using Microsoft.IdentityModel.Tokens;
using Npgsql;
using Xunit;

namespace Delegation.TestKit.Hosting;

/// <summary>
/// A service as it runs, in this process: real Kestrel, a real database with all migrations, and in it the service's two roles. A class
/// fixture of xunit, or started by a test that stops it in between.
/// </summary>
/// <typeparam name="TProgram">The service's class Program.</typeparam>
/// <param name="service">Name of its database, which is that of its role for requests too.</param>
/// <param name="migrator">The assembly with the migrations of all services.</param>
/// <param name="issuer">The issuer that it shares with others; null for one of its own.</param>
/// <param name="server">An administrator's connection string to the server for its database; null for the one that all tests share.</param>
public class ServiceHost<TProgram>(string service, Assembly migrator, TestIssuer? issuer = null, string? server = null) : IAsyncLifetime
    where TProgram : class
{
    /// <summary>The client id of the platform's own services.</summary>
    public const string SystemClient = "a-service";

    // To make a key takes longer than to start the issuer.
    private static readonly Lazy<RsaSecurityKey> Key = new(TestIssuer.NewKey);

    private WebApplicationFactory<TProgram>? _service;
    private GrpcChannel? _channel;
    private TestDatabase? _database;
    private TestIssuer? _ownIssuer;

    private string SystemRole => $"{service}_system";

    /// <summary>Its database.</summary>
    public TestDatabase Database => _database!;

    /// <summary>For calls without a token, or with one that the test makes.</summary>
    public GrpcChannel Channel => _channel!;

    /// <summary>Who gives the tokens that it takes.</summary>
    public TestIssuer Issuer => issuer ?? _ownIssuer!;

    /// <summary>Its log, over all starts.</summary>
    public LogWatch Logs { get; } = new();

    /// <summary>What the running service is made of.</summary>
    public IServiceProvider Services => _service!.Services;

    /// <summary>For recorded calls.</summary>
    public Scene Scene => new(Channel, Issuer, Database, Services);

    /// <summary>Its gRPC address, the same after each start.</summary>
    public Uri Address { get; private set; } = new("http://127.0.0.1:0");

    /// <summary>More settings, to be set before it starts; they win.</summary>
    public Dictionary<string, string> Settings { get; } = [];

    /// <summary>Chooses the address before the start, and tells the service: for one that calls itself.</summary>
    public void KnowsItself()
    {
        using var free = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        free.Start();
        Address = new Uri($"http://127.0.0.1:{((System.Net.IPEndPoint)free.LocalEndpoint).Port}");
        Settings[$"services:{service}:grpc:0"] = Address.ToString();
    }

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        var migrations = MigrationSet.FromResources(migrator, service);
        var contents = string.Concat(MigrationSet.Platform.Migrations.Concat(migrations.Migrations).Select(migration => migration.Checksum));
        _database = await TestPostgres.CreateDatabaseAsync(service, template => MigrateAsync(template, migrations), contents, server);
        _ownIssuer = issuer is null ? await TestIssuer.StartAsync(Key.Value) : null;
        Start();
    }

    /// <summary>Starts the service again after <see cref="StopAsync"/>, on the same database and port.</summary>
    public void Start()
    {
        _service = new WebApplicationFactory<TProgram>().WithWebHostBuilder(builder =>
        {
            builder
                .UseSetting("GRPC_PORT", Address.Port.ToString(CultureInfo.InvariantCulture))
                .UseSetting("Authentication:Authority", Issuer.Authority)
                .UseSetting("Authentication:ClientId", SystemClient)
                .UseSetting("Authentication:ClientSecret", "any")
                .UseSetting("Authentication:SystemClients:0", SystemClient)
                .UseSetting("ConnectionStrings:database", Database.ConnectionStringFor(service, service))
                .UseSetting("ConnectionStrings:system", Database.ConnectionStringFor(SystemRole, SystemRole))
                .ConfigureLogging(logging => logging.AddProvider(Logs))
                .ConfigureServices(Prepare);
            foreach (var (name, value) in Settings)
                builder.UseSetting(name, value);
        });
        _service.UseKestrel();
        _service.StartServer();

        Address = new Uri(Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        _channel = GrpcChannel.ForAddress(Address);
    }

    /// <summary>Stops the service; its database and issuer stay.</summary>
    public async Task StopAsync()
    {
        _channel?.Dispose();
        if (_service is not null)
            await _service.DisposeAsync();
    }

    /// <summary>Calls in the name of somebody: a subject of the issuer, and the organisation that they name.</summary>
    public CallInvoker As(string subject, string? organization = null) => organization is null
        ? WithToken(Issuer.Token(subject))
        : Channel.Intercept(new Headers(("authorization", $"Bearer {Issuer.Token(subject)}"), ("organization", organization)));

    /// <summary>Calls with a token.</summary>
    public CallInvoker WithToken(string token) => Channel.Intercept(new Headers(("authorization", $"Bearer {token}")));

    /// <summary>What the test puts in place of parts of the service, or beside them.</summary>
    protected virtual void Prepare(IServiceCollection services)
    {
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        await StopAsync();
        if (_ownIssuer is not null)
            await _ownIssuer.DisposeAsync();

        if (_database is not null)
            await _database.DisposeAsync();
    }

    // The roles exist once per server, and test processes share one: all give them these passwords.
    private async Task MigrateAsync(string template, MigrationSet migrations) =>
        await new DatabaseMigrator(template, TimeProvider.System).MigrateAsync(
            new ServiceDatabase(service, migrations, service, SystemRole, new NpgsqlConnectionStringBuilder(template).Database));
}
