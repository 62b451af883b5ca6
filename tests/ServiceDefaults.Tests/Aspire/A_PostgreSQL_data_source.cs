using System.Data.Common;
using System.Net;
using Aspire.Npgsql;
using Delegation.ServiceDefaults.Tests.Health;
using Delegation.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Delegation.ServiceDefaults.Tests.Aspire;

public sealed class A_PostgreSQL_data_source
{
    [PostgresFact]
    public async Task Is_healthy_as_long_as_the_server_lets_it_in()
    {
        await using var database = await TestPostgres.CreateDatabaseAsync();
        var clock = new StoppedClock();
        await using var host = await ProbeHost.StartAsync(builder =>
        {
            builder.Services.AddSingleton<TimeProvider>(clock);
            builder.Configuration["ConnectionStrings:database"] = database.AdminConnectionString;
            builder.AddNpgsqlDataSource("database");
        });

        Assert.Equal("""{"status":"Healthy","checks":{"self":{"status":"Healthy"},"PostgreSql":{"status":"Healthy"}}}""", (await host.ProbeAsync("/health")).Text);
        await database.DisposeAsync();
        clock.Advance(TimeSpan.FromSeconds(2));
        var (code, body, text) = await host.ProbeAsync("/health");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, code);
        Assert.Equal("Unhealthy", body.GetProperty("checks").GetProperty("PostgreSql").GetProperty("status").GetString());
        Assert.DoesNotContain(database.Name, text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("general", "general")]
    [InlineData("named", "general", "named")]
    [InlineData("connection", "general", "named", "connection")]
    [InlineData("code", "general", "named", "connection", "code")]
    public async Task Takes_its_connection_string_from_the_most_specific_place(string expected, params string[] places)
    {
        await using var app = Build(
            settings => settings.ConnectionString = places.Contains("code") ? "Host=code" : settings.ConnectionString,
            [.. Settings.Where(setting => places.Contains(setting.Place)).Select(setting => (setting.Key, setting.Value))]);

        Assert.Equal($"Host={expected}", app.Services.GetRequiredService<NpgsqlDataSource>().ConnectionString);
    }

    private static readonly (string Place, string Key, string Value)[] Settings =
    [
        ("general", "Aspire:Npgsql:ConnectionString", "Host=general"),
        ("named", "Aspire:Npgsql:database:ConnectionString", "Host=named"),
        ("connection", "ConnectionStrings:database", "Host=connection"),
    ];

    [Fact]
    public async Task Is_named_in_the_message_when_it_has_no_connection_string_and_only_when_it_is_used()
    {
        await using var app = Build(null);

        var exception = Assert.Throws<InvalidOperationException>(app.Services.GetRequiredService<NpgsqlDataSource>);

        Assert.Contains("'ConnectionStrings:database'", exception.Message, StringComparison.Ordinal);
        Assert.Contains("'ConnectionString' key in 'Aspire:Npgsql'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serves_every_form_in_which_a_connection_can_be_asked_for()
    {
        await using var app = Build(null, ("ConnectionStrings:database", "Host=connection"));

        var source = app.Services.GetRequiredService<NpgsqlDataSource>();

        Assert.Same(source, app.Services.GetRequiredService<DbDataSource>());
        await using var connection = app.Services.GetRequiredService<NpgsqlConnection>();
        await using var another = app.Services.GetRequiredService<DbConnection>();
        Assert.NotSame(connection, another);
        Assert.Equal("Host=connection", connection.ConnectionString);
    }

    [Theory]
    [InlineData("false", new[] { "self", "PostgreSql" })]
    [InlineData("true", new[] { "self" })]
    public async Task Has_one_health_check_unless_it_is_switched_off(string disabled, string[] checks)
    {
        await using var app = Build(null, ("Aspire:Npgsql:DisableHealthChecks", disabled));

        Assert.Equal(checks, app.Services.GetRequiredService<IOptions<HealthCheckServiceOptions>>().Value.Registrations.Select(check => check.Name));
    }

    [Fact]
    public async Task Under_a_key_stands_beside_the_one_without_with_a_health_check_of_its_own()
    {
        var (builder, _, _) = ProbeHost.CreateBuilder();
        builder.Configuration["ConnectionStrings:database"] = "Host=one";
        builder.Configuration["ConnectionStrings:system"] = "Host=two";
        builder.AddNpgsqlDataSource("database");
        builder.AddKeyedNpgsqlDataSource("system");
        await using var app = builder.Build();

        Assert.Equal("Host=one", app.Services.GetRequiredService<NpgsqlDataSource>().ConnectionString);
        Assert.Equal("Host=two", app.Services.GetRequiredKeyedService<NpgsqlDataSource>("system").ConnectionString);
        Assert.Equal("Host=two", app.Services.GetRequiredKeyedService<NpgsqlConnection>("system").ConnectionString);
        Assert.Equal(
            ["self", "PostgreSql", "PostgreSql_system"],
            app.Services.GetRequiredService<IOptions<HealthCheckServiceOptions>>().Value.Registrations.Select(check => check.Name));
    }

    private static WebApplication Build(Action<NpgsqlSettings>? configure, params (string Key, string Value)[] settings)
    {
        var (builder, _, _) = ProbeHost.CreateBuilder();
        foreach (var (key, value) in settings)
            builder.Configuration[key] = value;
        builder.AddNpgsqlDataSource("database", configure);
        // A second one of the same kind must not break the first one's check.
        builder.AddNpgsqlDataSource("database", configure);
        return builder.Build();
    }
}
