using Delegation.Interop.Tests.Clients;
using Delegation.Interop.Tests.Peers;
using Delegation.Interop.Tests.Server;

namespace Delegation.Interop.Tests;

/// <summary>Foreign clients against our server, straight and through the proxy.</summary>
public sealed class ForeignClientsTests(ForeignClientsTests.Runs runs) : IClassFixture<ForeignClientsTests.Runs>
{
    public static TheoryData<Route, string> Table => Rows.Of(InteropCases.Names);

    [PeerTheory(Peer.GrpcJs), MemberData(nameof(Table))]
    public Task A_grpc_js_client_is_served(Route route, string name) => Passes(Peer.GrpcJs, route, name);

    [PeerTheory(Peer.GrpcIo), MemberData(nameof(Table))]
    public Task A_python_grpcio_client_is_served(Route route, string name) => Passes(Peer.GrpcIo, route, name);

    private async Task Passes(Peer peer, Route route, string name)
    {
        (await runs.Of(peer, route)).Passed(name);
        if (name == InteropCases.CancelAfterFirstResponse) await runs.Server.Cancelled.ExpectAsync($"{peer}-{route}/{name}");
    }

    /// <summary>Our server and its proxy, and one run of each client on each route.</summary>
    public sealed class Runs : IAsyncLifetime
    {
        private readonly Dictionary<(Peer, Route), Lazy<Task<ClientRun>>> _runs = [];
        private InteropProxy? _proxy;

        internal InteropServer Server { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            Server = await InteropServer.StartAsync();
            _proxy = await InteropProxy.StartAsync(Server.Address);
            foreach (var peer in Enum.GetValues<Peer>())
            {
                _runs[(peer, Route.Direct)] = new(() => ClientRun.StartAsync(peer, Server.Address, $"{peer}-{Route.Direct}"));
                _runs[(peer, Route.Proxied)] = new(() => ClientRun.StartAsync(peer, _proxy.Address, $"{peer}-{Route.Proxied}"));
            }
        }

        public async Task DisposeAsync()
        {
            if (_proxy is not null) await _proxy.DisposeAsync();
            await Server.DisposeAsync();
        }

        internal Task<ClientRun> Of(Peer peer, Route route) => _runs[(peer, route)].Value;
    }
}
