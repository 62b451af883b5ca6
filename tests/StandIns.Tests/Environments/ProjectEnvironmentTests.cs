namespace Delegation.StandIns.Tests.Environments;

/// <summary>What a project finds in its environment (reference: Aspire 13.5, run mode).</summary>
public sealed class ProjectEnvironmentTests
{
    [Fact]
    public async Task It_is_told_its_name_its_instance_and_its_addresses()
    {
        await using var builder = DistributedApplicationTestingBuilder.Create();
        builder.AddService("contracts");
        await using var app = await builder.StartAsync();

        var environment = await app.EnvironmentOfAsync("contracts");

        Assert.Equal("contracts", environment["OTEL_SERVICE_NAME"]);
        Assert.Matches("^service\\.instance\\.id=[a-z]{8}$", environment["OTEL_RESOURCE_ATTRIBUTES"]);
        Assert.Equal("in_memory", environment["OTEL_DOTNET_EXPERIMENTAL_OTLP_RETRY"]);
        Assert.Equal("simple", environment["LOGGING__CONSOLE__FORMATTERNAME"]);
        Assert.Equal("true", environment["DOTNET_SYSTEM_CONSOLE_ALLOW_ANSI_COLOR_REDIRECTION"]);
        Assert.Equal(app.GetEndpoint("contracts").ToString().TrimEnd('/'), environment["ASPNETCORE_URLS"]);
    }

    [Fact]
    public async Task Without_a_collector_it_is_not_told_to_send_telemetry_and_without_https_of_no_certificate()
    {
        await using var builder = DistributedApplicationTestingBuilder.Create();
        builder.AddService("contracts");
        await using var app = await builder.StartAsync();

        var environment = await app.EnvironmentOfAsync("contracts");

        Assert.DoesNotContain(environment.Keys, name => name.StartsWith("OTEL_EXPORTER_OTLP", StringComparison.Ordinal));
        Assert.DoesNotContain(environment.Keys, name => name.StartsWith("Kestrel__", StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain("ASPNETCORE_HTTPS_PORT", environment);
    }

    [Theory]
    [InlineData("ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT")]
    public async Task With_a_collector_it_is_told_where_it_is(string setting)
    {
        await using var builder = DistributedApplicationTestingBuilder.Create($"--{setting}=http://localhost:4317");
        builder.AddService("contracts");
        await using var app = await builder.StartAsync();

        var environment = await app.EnvironmentOfAsync("contracts");

        Assert.Equal("http://localhost:4317", environment["OTEL_EXPORTER_OTLP_ENDPOINT"]);
        Assert.Equal("grpc", environment["OTEL_EXPORTER_OTLP_PROTOCOL"]);
    }

    [Fact]
    public async Task In_development_telemetry_comes_quickly()
    {
        await using var builder = DistributedApplicationTestingBuilder.Create("--environment", "Development");
        builder.AddService("contracts");
        await using var app = await builder.StartAsync();

        var environment = await app.EnvironmentOfAsync("contracts");

        Assert.Equal("1000", environment["OTEL_BSP_SCHEDULE_DELAY"]);
        Assert.Equal("1000", environment["OTEL_BLRP_SCHEDULE_DELAY"]);
        Assert.Equal("1000", environment["OTEL_METRIC_EXPORT_INTERVAL"]);
        Assert.Equal("always_on", environment["OTEL_TRACES_SAMPLER"]);
        Assert.Equal("trace_based", environment["OTEL_METRICS_EXEMPLAR_FILTER"]);
    }

    [Fact]
    public async Task It_runs_as_Production_unless_told_otherwise_whatever_the_AppHost_runs_as()
    {
        await using var builder = DistributedApplicationTestingBuilder.Create("--environment", "Development");
        builder.AddService("silent");
        builder.AddService("told").WithEnvironment("ASPNETCORE_ENVIRONMENT", "Staging");
        await using var app = await builder.StartAsync();

        Assert.DoesNotContain("ASPNETCORE_ENVIRONMENT", await app.EnvironmentOfAsync("silent"));
        Assert.Equal("Staging", (await app.EnvironmentOfAsync("told"))["ASPNETCORE_ENVIRONMENT"]);
    }

    [Fact]
    public async Task What_concerns_the_AppHost_alone_is_not_inherited_and_everything_else_is()
    {
        string[] own = ["ASPNETCORE_URLS", "DOTNET_LAUNCH_PROFILE", "ASPNETCORE_ENVIRONMENT", "DOTNET_ENVIRONMENT", "ASPIRE_LOGLEVEL"];
        using var appHost = AppHosts.AppHostProcess.Start(
            ["Echo=true"], environment: own.Append("SOMETHING_ELSE").ToDictionary(name => name, _ => "http://localhost:1"));
        await appHost.UntilReadyAsync();

        Assert.Contains("echo SOMETHING_ELSE=http://localhost:1", appHost.Output, StringComparison.Ordinal);
        Assert.All(own, name => Assert.DoesNotContain($"echo {name}=", appHost.Output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_endpoint_with_a_variable_of_its_own_is_not_among_the_urls()
    {
        await using var builder = DistributedApplicationTestingBuilder.Create();
        builder.AddService("contracts").WithHttpEndpoint(name: "grpc", env: "GRPC_PORT");
        await using var app = await builder.StartAsync();

        var environment = await app.EnvironmentOfAsync("contracts", "http");

        Assert.Equal(app.GetEndpoint("contracts", "grpc").Port.ToString(), environment["GRPC_PORT"]);
        Assert.Equal(app.GetEndpoint("contracts", "http").ToString().TrimEnd('/'), environment["ASPNETCORE_URLS"]);
    }

    [Fact]
    public async Task Endpoints_can_be_left_out_of_the_urls()
    {
        await using var builder = DistributedApplicationTestingBuilder.Create();
        builder.AddService("contracts").WithHttpEndpoint(name: "other").WithEndpointsInEnvironment(endpoint => endpoint.Name != "other");
        await using var app = await builder.StartAsync();

        Assert.DoesNotContain(';', (await app.EnvironmentOfAsync("contracts", "http"))["ASPNETCORE_URLS"]);
    }

    [Fact]
    public async Task Later_assignments_win_and_callbacks_run_when_the_resource_starts()
    {
        await using var builder = DistributedApplicationTestingBuilder.Create();
        var late = "too early";
        var service = builder.AddService("contracts")
            .WithEnvironment("ORDER", "first")
            .WithEnvironment("ORDER", () => late)
            .WithEnvironment(context => context.EnvironmentVariables["SEEN"] = context.EnvironmentVariables["ORDER"])
            .WithEnvironment("EMPTY", (string?)null)
            .WithArgs("--from", "arguments");
        service.WithEnvironment("SELF", $"at {service.GetEndpoint("http").Property(EndpointProperty.HostAndPort)}!");
        late = "second";
        await using var app = await builder.StartAsync();

        var environment = await app.EnvironmentOfAsync("contracts");

        Assert.Equal("second", environment["ORDER"]);
        Assert.Equal("second", environment["SEEN"]);
        Assert.Equal("", environment["EMPTY"]);
        Assert.Equal($"at {app.GetEndpoint("contracts").Authority}!", environment["SELF"]);
    }

    [Fact]
    public async Task A_launch_profile_gives_endpoints_variables_and_arguments()
    {
        await using var builder = DistributedApplicationTestingBuilder.Create();
        builder.AddProject<ProfiledService>("profiled", "web").WithHttpHealthCheck("/health");
        await using var app = await builder.StartAsync();

        var environment = await app.EnvironmentOfAsync("profiled");

        Assert.Equal("web", environment["DOTNET_LAUNCH_PROFILE"]);
        Assert.Equal("from the profile", environment["SAID"]);
        Assert.Equal("http", app.GetEndpoint("profiled").Scheme);
    }

    private sealed class ProfiledService : IProjectMetadata
    {
        public string ProjectPath => new Projects.StandIns_Tests_Service().ProjectPath;

        public LaunchSettings LaunchSettings => new()
        {
            Profiles =
            {
                ["web"] = new LaunchProfile
                {
                    CommandName = "Project", ApplicationUrl = "http://localhost:5123", EnvironmentVariables = { ["SAID"] = "from the profile" },
                },
            },
        };
    }
}
