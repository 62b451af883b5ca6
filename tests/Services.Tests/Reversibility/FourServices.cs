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
    private readonly ServiceHost<reporting::Program> _reporting;
    private readonly ServiceHost<watch::Program> _watch;

    private FourServices(TestIssuer issuer)
    {
        _issuer = issuer;
        Contracts = Hosts.Contracts(issuer);
        Contracts.KnowsItself();
        _reporting = Hosts.Reporting(issuer, Contracts.Address);
        _reporting.KnowsItself();
        _watch = Hosts.Watch(issuer, Contracts.Address);
        _watch.KnowsItself();
        Delivery = Hosts.Delivery(issuer, Contracts.Address, _reporting.Address, _watch.Address);
        _reporting.Settings["services:delivery:grpc:0"] = Delivery.Address.ToString();
        foreach (var (service, address) in new[] { ("delivery", Delivery.Address), ("reporting", _reporting.Address), ("watch", _watch.Address) })
            Contracts.Settings[$"services:{service}:grpc:0"] = address.ToString();
    }

    public ServiceHost<contracts::Program> Contracts { get; }

    public ServiceHost<delivery::Program> Delivery { get; }

    /// <summary>In the order in which they are in an archive.</summary>
    public IReadOnlyList<Part> All => [PartOf("contracts", Contracts), PartOf("delivery", Delivery), PartOf("reporting", _reporting), PartOf("watch", _watch)];

    public Part this[string name] => All.Single(part => part.Name == name);

    public static async Task<FourServices> StartAsync()
    {
        var services = new FourServices(await TestIssuer.StartAsync());
        await Task.WhenAll(services.Contracts.InitializeAsync(), services.Delivery.InitializeAsync(), services._reporting.InitializeAsync(), services._watch.InitializeAsync());
        return services;
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(Contracts.DisposeAsync(), Delivery.DisposeAsync(), _reporting.DisposeAsync(), _watch.DisposeAsync());
        await _issuer.DisposeAsync();
    }

    private static Part PartOf<TProgram>(string name, ServiceHost<TProgram> host)
        where TProgram : class => new(name, host.Database, host.Logs, host.StopAsync, host.Start);
}
