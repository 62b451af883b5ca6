using System.Net;
using Delegation.Probe.V1;
using Delegation.TestKit;

namespace Delegation.ServiceDefaults.Tests.Listening;

public sealed class The_ports_of_a_service
{
    [Fact]
    public async Task The_grpc_port_serves_calls_and_the_http_port_probes()
    {
        await using var host = await ProbeHost.StartAsync();

        var answer = await host.Client.AskAsync(new Question { Text = "hello" }).ResponseAsync.Within(10);
        using var health = await host.Http.GetAsync("/health");

        Assert.Equal("hello", answer.Text);
        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
        Assert.Equal(HttpVersion.Version11, health.Version);
        Assert.True(host.GrpcAddress.IsLoopback && host.HttpAddress.IsLoopback);
    }

    [Fact]
    public async Task The_grpc_port_does_not_speak_http_1()
    {
        await using var host = await ProbeHost.StartAsync();
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(10) };

        using var answer = await http.GetAsync(new Uri(host.GrpcAddress, "/health"));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task An_answer_does_not_name_the_server_software()
    {
        await using var host = await ProbeHost.StartAsync();

        using var health = await host.Http.GetAsync("/health");

        Assert.False(health.Headers.Contains("Server"));
    }

    [Theory]
    [InlineData("GRPC_PORT", "eighty", "The setting GRPC_PORT is 'eighty'; it must be a port number.")]
    [InlineData("HTTP_PORT", "-1", "The setting HTTP_PORT is '-1'; it must be a port number.")]
    [InlineData("HTTP_PORT", "65536", "The setting HTTP_PORT is '65536'; it must be a port number.")]
    [InlineData("BIND_ADDRESS", "0.0.0.0", "The setting BIND_ADDRESS is '0.0.0.0'; it must be 'localhost' or 'any'.")]
    public void A_wrong_setting_is_named(string setting, string value, string message)
    {
        var (builder, _, _) = ProbeHost.CreateBuilder();
        builder.Configuration[setting] = value;

        var exception = Assert.Throws<InvalidOperationException>(builder.Build);

        Assert.Equal(message, exception.Message);
    }
}
