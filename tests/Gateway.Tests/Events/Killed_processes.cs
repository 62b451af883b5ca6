using System.Collections.Concurrent;
using System.Net;
using Delegation.Contracts.V1;
using Delegation.Gateway.Tests.Hosts;
using Delegation.Gateway.Tests.Rest.Bodies;
using Delegation.TestKit.Tokens;

namespace Delegation.Gateway.Tests.Events;

/// <summary>The gateway and two services as processes, which are killed while somebody reads what happens.</summary>
[Collection(nameof(AloneOnTheMachine))]
public sealed class Killed_processes : IAsyncLifetime
{
    private const string Insurer = "019a9f2e-7c1b-7d3a-8f55-000000000001";
    private const int Entries = 400;

    private readonly string _folder = Directory.CreateTempSubdirectory("journals-").FullName;
    private readonly Dictionary<string, int> _ports = new()
    {
        ["gateway"] = OwnProcess.FreePort(), ["contracts"] = OwnProcess.FreePort(), ["watch"] = OwnProcess.FreePort(), ["quiet"] = OwnProcess.FreePort(),
    };
    private readonly ConcurrentDictionary<string, OwnProcess> _processes = [];
    private readonly Dictionary<string, MadeUpJournal> _journals = [];
    private TestIssuer _issuer = null!;

    public async Task InitializeAsync()
    {
        _issuer = await TestIssuer.StartAsync();
        foreach (var service in new[] { "contracts", "watch" })
            _journals[service] = JournalFile.Writing(FileOf(service));
        await Task.WhenAll(_ports.Keys.Select(StartAsync));
    }

    public async Task DisposeAsync()
    {
        foreach (var process in _processes.Values)
            await process.DisposeAsync();
        await _issuer.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Lose_and_double_no_event_for_a_reader_who_comes_back()
    {
        var (written, received) = (Lists(), Lists());
        var lastId = await BeginAsync();
        var work = Task.WhenAll(Task.Run(WriteAsync), Task.Run(KillAsync));

        var connections = 0;
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        while (Count() < Entries && !limit.IsCancellationRequested)
        {
            try
            {
                using var reader = await EventReader.OpenAsync(Address, _issuer.Token("insurer"), lastId).Within(10);
                if (reader.Status != HttpStatusCode.OK)
                    throw new IOException($"{reader.Status}");
                connections++;
                while (Count() < Entries && await reader.NextAsync(seconds: 5) is { } next)
                {
                    lastId = next.Id;
                    if (next.Event is { } read)
                        received[read.Data.GetProperty("service").GetString()!].Add(read.EntryId);
                }
            }
            catch (Exception broken) when (broken is HttpRequestException or IOException or TimeoutException or TaskCanceledException)
            {
                await Task.Delay(50);
            }
        }

        await work.Within(60);
        Assert.True(connections > 1);
        Assert.Equal(written["contracts"], received["contracts"]);
        Assert.Equal(written["watch"], received["watch"]);

        int Count() => received.Values.Sum(list => list.Count);

        async Task WriteAsync()
        {
            for (var i = 0; i < Entries; i++)
            {
                var service = i % 3 == 0 ? "watch" : "contracts";
                written[service].Add(_journals[service].Append(Insurer, new OrganizationUpdated()));
                await Task.Delay(20);
            }
        }

        async Task KillAsync()
        {
            foreach (var name in new[] { "contracts", "watch", "gateway", "contracts", "gateway" })
            {
                await Task.Delay(700);
                await _processes[name].DisposeAsync();
                await Task.Delay(100);
                await StartAsync(name);
            }
        }
    }

    private Uri Address => new($"http://127.0.0.1:{_ports["gateway"]}/v1/events");

    private static ConcurrentDictionary<string, List<string>> Lists() => new() { ["contracts"] = [], ["watch"] = [] };

    private string FileOf(string service) => Path.Combine(_folder, service);

    // The services start beside the gateway, which says at first that they are not there.
    private async Task<string> BeginAsync()
    {
        var lastId = "";
        await Eventually.Async(async () =>
        {
            using var reader = await EventReader.OpenAsync(Address, _issuer.Token("insurer"));
            lastId = (await reader.NextAsync())!.Value.Id;
            return lastId.Length > 0;
        });
        return lastId;
    }

    private async Task StartAsync(string name) => _processes[name] = name == "gateway"
        ? await OwnProcess.GatewayAsync(_ports[name], Settings())
        : await OwnProcess.ServiceAsync(_ports[name], "journal", FileOf(name), "insurer", Insurer);

    // Of the other two services nothing is heard here.
    private Dictionary<string, string> Settings() => new()
    {
        ["DOTNET_ENVIRONMENT"] = "Development",
        ["HTTP_PORT"] = $"{_ports["gateway"]}",
        ["Authentication__Authority"] = _issuer.Authority,
        ["Authentication__ClientId"] = "gateway",
        ["Authentication__ClientSecret"] = "secret",
        ["services__contracts__grpc__0"] = $"http://127.0.0.1:{_ports["contracts"]}",
        ["services__watch__grpc__0"] = $"http://127.0.0.1:{_ports["watch"]}",
        ["services__delivery__grpc__0"] = $"http://127.0.0.1:{_ports["quiet"]}",
        ["services__reporting__grpc__0"] = $"http://127.0.0.1:{_ports["quiet"]}",
    };
}
