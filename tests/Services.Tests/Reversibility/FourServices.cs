extern alias contracts;
extern alias delivery;
extern alias reporting;
extern alias watch;

using Delegation.TestKit;
using Delegation.TestKit.Hosting;
using Delegation.TestKit.Tokens;

namespace Delegation.Services.Tests.Reversibility;

/// <summary>A service, as whoever walks over all of them sees it.</summary>
internal sealed record Part(string Name, TestDatabase Database, LogWatch Logs, Func<Task> StopAsync, Action Start);

/// <summary>All services that hold a part of the record of a delegation, each knowing where the others are.</summary>
internal sealed class FourServices : IAsyncDisposable
{
    private readonly TestIssuer _issuer;

    private FourServices(TestIssuer issuer)
    {
        _issuer = issuer;
        Contracts = Hosts.Contracts(issuer);
        Contracts.KnowsItself();
        Reporting = Hosts.Reporting(issuer, Contracts.Address);
        Reporting.KnowsItself();
        Watch = Hosts.Watch(issuer, Contracts.Address);
        Watch.KnowsItself();
        Delivery = Hosts.Delivery(issuer, Contracts.Address, Reporting.Address, Watch.Address);
        Reporting.Settings["services:delivery:grpc:0"] = Watch.Settings["services:delivery:grpc:0"] = Delivery.Address.ToString();
        foreach (var (service, address) in new[] { ("delivery", Delivery.Address), ("reporting", Reporting.Address), ("watch", Watch.Address) })
            Contracts.Settings[$"services:{service}:grpc:0"] = address.ToString();
    }

    public ServiceHost<contracts::Program> Contracts { get; }

    public ServiceHost<delivery::Program> Delivery { get; }

    public ServiceHost<reporting::Program> Reporting { get; }

    public ServiceHost<watch::Program> Watch { get; }

    /// <summary>In the order in which they are in an archive.</summary>
    public IReadOnlyList<Part> All => [PartOf("contracts", Contracts), PartOf("delivery", Delivery), PartOf("reporting", Reporting), PartOf("watch", Watch)];

    public Part this[string name] => All.Single(part => part.Name == name);

    public static async Task<FourServices> StartAsync()
    {
        var services = new FourServices(await TestIssuer.StartAsync());
        await Task.WhenAll(services.Contracts.InitializeAsync(), services.Delivery.InitializeAsync(), services.Reporting.InitializeAsync(), services.Watch.InitializeAsync());
        return services;
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(Contracts.DisposeAsync(), Delivery.DisposeAsync(), Reporting.DisposeAsync(), Watch.DisposeAsync());
        await _issuer.DisposeAsync();
    }

    private static Part PartOf<TProgram>(string name, ServiceHost<TProgram> host)
        where TProgram : class => new(name, host.Database, host.Logs, host.StopAsync, host.Start);
}
