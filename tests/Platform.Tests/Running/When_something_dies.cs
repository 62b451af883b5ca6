using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;
using Delegation.Contracts.V1;
using Delegation.TestKit;
using Grpc.Core;
using Grpc.Net.Client;

namespace Delegation.Platform.Tests.Running;

/// <summary>What the table, the health endpoints and the calls say when a part of the running platform dies.</summary>
public sealed class When_something_dies : IDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(40);

    private readonly string _data = Directory.CreateTempSubdirectory("platform-test-").FullName;
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(10) };

    public void Dispose()
    {
        _http.Dispose();
        Directory.Delete(_data, recursive: true);
    }

    [PlatformFact]
    public async Task A_killed_service_is_named_and_the_others_go_on()
    {
        await using var platform = await AppHostProcess.StartAsync(_data);

        Kill(platform.ProcessId("contracts"));

        await Eventually.True(() => platform.State("contracts").StartsWith("Finished", StringComparison.Ordinal), Soon);
        await Eventually.Async(async () => await HealthAsync(platform, "gateway") is (HttpStatusCode.OK, "Degraded", var text) && text.Contains("contracts", StringComparison.Ordinal), Soon);
        Assert.Equal("Running", platform.State("watch"));
        Assert.Equal((HttpStatusCode.OK, "Healthy"), Head(await HealthAsync(platform, "watch")));

        using var channel = GrpcChannel.ForAddress(platform.Address("gateway", "grpc"));
        var refused = await Assert.ThrowsAsync<RpcException>(() => RegisterAsync(channel, platform));
        Assert.Equal(StatusCode.Unavailable, refused.StatusCode);
    }

    [PlatformFact]
    public async Task Without_redis_the_gateway_is_degraded_and_calls_succeed()
    {
        await using var platform = await AppHostProcess.StartAsync(_data);

        Kill(platform.ProcessId("redis"));

        await Eventually.True(() => platform.State("redis").StartsWith("Exited", StringComparison.Ordinal), Soon);
        await Eventually.Async(async () => Head(await HealthAsync(platform, "gateway")) == (HttpStatusCode.OK, "Degraded"), Soon);
        using var channel = GrpcChannel.ForAddress(platform.Address("gateway", "grpc"));
        await RegisterAsync(channel, platform);
    }

    [PlatformFact]
    public async Task Without_postgresql_its_services_are_unhealthy_and_a_call_says_unavailable()
    {
        await using var platform = await AppHostProcess.StartAsync(_data);

        Kill(platform.ProcessId("postgres"));

        await Eventually.True(() => platform.State("postgres").StartsWith("Exited", StringComparison.Ordinal), Soon);
        await Eventually.True(() => platform.Health("contracts") == "Unhealthy", Soon);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "Unhealthy"), Head(await HealthAsync(platform, "contracts")));

        using var channel = GrpcChannel.ForAddress(platform.Address("gateway", "grpc"));
        var refused = await Assert.ThrowsAsync<RpcException>(() => RegisterAsync(channel, platform));
        Assert.Equal(StatusCode.Unavailable, refused.StatusCode);
    }

    [PlatformFact]
    public async Task A_killed_app_host_takes_everything_along_and_the_next_start_finds_the_data()
    {
        string id;
        IReadOnlyList<int> processes;
        await using (var first = await AppHostProcess.StartAsync(_data))
        {
            using var channel = GrpcChannel.ForAddress(first.Address("gateway", "grpc"));
            id = (await RegisterAsync(channel, first)).Id;
            processes = first.ProcessIds();
            await first.KillAsync();
        }

        await Eventually.True(() => !processes.Any(process => Directory.Exists($"/proc/{process}")), TimeSpan.FromSeconds(10));

        await using var second = await AppHostProcess.StartAsync(_data);
        using var again = GrpcChannel.ForAddress(second.Address("gateway", "grpc"));
        var read = await new Organizations.OrganizationsClient(again).GetOrganizationAsync(
            new GetOrganizationRequest { OrganizationId = id }, await second.CallAsync(), DateTime.UtcNow.AddSeconds(20));
        Assert.Equal(id, read.Id);
    }

    private static async Task<Organization> RegisterAsync(GrpcChannel channel, AppHostProcess platform) =>
        await new Organizations.OrganizationsClient(channel).RegisterOrganizationAsync(
            new RegisterOrganizationRequest { Kind = Organization.Types.Kind.Delegate, LegalName = "La Poste", Siren = "356000000" },
            await platform.CallAsync(),
            DateTime.UtcNow.AddSeconds(20));

    private async Task<(HttpStatusCode Status, string Health, string Text)> HealthAsync(AppHostProcess platform, string resource)
    {
        using var answer = await _http.GetAsync(new Uri(platform.Address(resource, "http"), "/health"));
        var text = await answer.Content.ReadAsStringAsync();
        using var document = JsonDocument.Parse(text);
        return (answer.StatusCode, document.RootElement.GetProperty("status").GetString()!, text);
    }

    private static (HttpStatusCode Status, string Health) Head((HttpStatusCode Status, string Health, string Text) answer) => (answer.Status, answer.Health);

    private static void Kill(int process)
    {
        using var signal = Process.Start("kill", ["-KILL", process.ToString(CultureInfo.InvariantCulture)]);
        signal.WaitForExit();
    }
}
