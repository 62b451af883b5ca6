using Delegation.Interop.Tests.Clients;
using Delegation.Interop.Tests.Foreign;
using Delegation.Interop.Tests.Server;

namespace Delegation.Interop.Tests;

/// <summary>Foreign clients against our server, straight and through the gateway.</summary>
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

    /// <summary>Our server and its gateway, and one run of each client on each route.</summary>
    public sealed class Runs : IAsyncLifetime
    {
        private readonly Dictionary<(Peer, Route), Lazy<Task<ClientRun>>> _runs = [];
        private InteropGateway? _gateway;

        internal InteropServer Server { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            Server = await InteropServer.StartAsync();
            _gateway = await InteropGateway.StartAsync(Server.Address);
            foreach (var peer in Enum.GetValues<Peer>())
            {
                _runs[(peer, Route.Direct)] = new(() => ClientRun.StartAsync(peer, Server.Address, $"{peer}-{Route.Direct}"));
                _runs[(peer, Route.Gateway)] = new(() => ClientRun.StartAsync(peer, _gateway.Address, $"{peer}-{Route.Gateway}"));
            }
        }

        public async Task DisposeAsync()
        {
            if (_gateway is not null) await _gateway.DisposeAsync();
            await Server.DisposeAsync();
        }

        internal Task<ClientRun> Of(Peer peer, Route route) => _runs[(peer, route)].Value;
    }
}
