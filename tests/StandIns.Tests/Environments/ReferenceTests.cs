namespace Delegation.StandIns.Tests.Environments;

/// <summary>What a reference puts into the environment of the resource that refers (reference: Aspire 13.5).</summary>
public sealed class ReferenceTests : IAsyncDisposable
{
    private readonly IDistributedApplicationTestingBuilder _builder = DistributedApplicationTestingBuilder.Create();

    [Fact]
    public async Task A_project_is_found_by_service_discovery_and_by_a_variable_per_endpoint()
    {
        var contracts = _builder.AddService("contracts").WithHttpEndpoint(name: "grpc", env: "GRPC_PORT");
        _builder.AddService("gateway").WithReference(contracts);
        await using var app = await _builder.StartAsync();

        var environment = await app.EnvironmentOfAsync("gateway");

        var (http, grpc) = (Address(app, "contracts", "http"), Address(app, "contracts", "grpc"));
        Assert.Equal(http, environment["services__contracts__http__0"]);
        Assert.Equal(http, environment["CONTRACTS_HTTP"]);
        Assert.Equal(grpc, environment["services__contracts__grpc__0"]);
        Assert.Equal(grpc, environment["CONTRACTS_GRPC"]);
    }

    [Fact]
    public async Task An_executable_is_referred_to_by_its_endpoint()
    {
        var tool = _builder.AddSleeper("some-tool").WithHttpEndpoint(name: "admin").WithHttpEndpoint();
        _builder.AddService("gateway").WithReference(tool.GetEndpoint("admin"));
        await using var app = await _builder.StartAsync();

        var environment = await app.EnvironmentOfAsync("gateway");

        Assert.Equal(Address(app, "some-tool", "admin"), environment["services__some-tool__admin__0"]);
        Assert.Equal(Address(app, "some-tool", "admin"), environment["SOME_TOOL_ADMIN"]);
        Assert.DoesNotContain("services__some-tool__http__0", environment);
    }

    [Fact]
    public async Task Addresses_under_one_name_are_numbered()
    {
        var contracts = _builder.AddService("contracts");
        _builder.AddService("gateway").WithReference("contracts", new Uri("http://elsewhere:1")).WithEnvironment("services__contracts__http__0", "taken").WithReference(contracts);
        await using var app = await _builder.StartAsync();

        var environment = await app.EnvironmentOfAsync("gateway");

        Assert.Equal("taken", environment["services__contracts__http__0"]);
        Assert.Equal(Address(app, "contracts", "http"), environment["services__contracts__http__1"]);
        Assert.Equal("http://elsewhere:1/", environment["services__contracts__default__0"]);
        Assert.Equal("http://elsewhere:1/", environment["contracts"]);
    }

    [Fact]
    public async Task A_name_of_ones_own_is_not_changed()
    {
        var contracts = _builder.AddService("contracts");
        _builder.AddService("gateway").WithReference(contracts, "Archive");
        await using var app = await _builder.StartAsync();

        var environment = await app.EnvironmentOfAsync("gateway");

        Assert.Equal(Address(app, "contracts", "http"), environment["services__Archive__http__0"]);
        Assert.Equal(Address(app, "contracts", "http"), environment["Archive_HTTP"]);
    }

    [Fact]
    public async Task A_connection_string_comes_whole_and_in_parts()
    {
        var password = _builder.AddParameter("db-password", "s3cret", secret: true);
        var database = _builder.AddConnectionString("main-db", ReferenceExpression.Create($"Host=db;Password={password}"))
            .WithConnectionProperty("Host", "db");
        _builder.AddService("contracts").WithReference(database).WithEnvironment("COPY", database);
        _builder.AddService("other").WithReference(database, connectionName: "database");
        await using var app = await _builder.StartAsync();

        var contracts = await app.EnvironmentOfAsync("contracts");
        Assert.Equal("Host=db;Password=s3cret", contracts["ConnectionStrings__main-db"]);
        Assert.Equal("db", contracts["MAIN_DB_HOST"]);
        Assert.Equal("Host=db;Password=s3cret", contracts["COPY"]);
        Assert.Equal("Host=db;Password=s3cret", (await app.EnvironmentOfAsync("other"))["ConnectionStrings__database"]);
        Assert.Equal("Host=db;Password=s3cret", await app.GetConnectionStringAsync("main-db", Limits.Token));
    }

    [Fact]
    public async Task A_configured_connection_string_is_handed_on()
    {
        _builder.Configuration["ConnectionStrings:warehouse"] = "Host=far";
        _builder.AddService("contracts").WithReference(_builder.AddConnectionString("warehouse"));
        await using var app = await _builder.StartAsync();

        Assert.Equal("Host=far", (await app.EnvironmentOfAsync("contracts"))["ConnectionStrings__warehouse"]);
    }

    [Fact]
    public async Task The_groups_of_variables_can_be_limited()
    {
        var contracts = _builder.AddService("contracts");
        _builder.AddService("gateway").WithReference(contracts).WithReferenceEnvironment(ReferenceEnvironmentInjectionFlags.Endpoints);
        await using var app = await _builder.StartAsync();

        var environment = await app.EnvironmentOfAsync("gateway");

        Assert.Contains("CONTRACTS_HTTP", environment);
        Assert.DoesNotContain(environment.Keys, name => name.StartsWith("services__", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_service_elsewhere_is_found_by_its_scheme()
    {
        var registry = _builder.AddExternalService("business-registry", "https://registry.example");
        _builder.AddService("contracts").WithReference(registry).WithEnvironment("REGISTRY", registry);
        await using var app = await _builder.StartAsync();

        var environment = await app.EnvironmentOfAsync("contracts");

        Assert.Equal("https://registry.example/", environment["services__business-registry__https__0"]);
        Assert.Equal("https://registry.example/", environment["BUSINESS_REGISTRY_HTTPS"]);
        Assert.Equal("https://registry.example/", environment["REGISTRY"]);
    }

    public async ValueTask DisposeAsync() => await _builder.DisposeAsync();

    private static string Address(DistributedApplication app, string resource, string endpoint) => app.GetEndpoint(resource, endpoint).ToString().TrimEnd('/');
}
