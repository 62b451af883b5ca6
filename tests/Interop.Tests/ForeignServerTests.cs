using Delegation.Interop.Tests.Clients;
using Delegation.Interop.Tests.Foreign;
using Delegation.Interop.Tests.Server;

namespace Delegation.Interop.Tests;

/// <summary>Our client against a foreign server, straight and through the gateway.</summary>
public sealed class ForeignServerTests(ForeignServerTests.Started started) : IClassFixture<ForeignServerTests.Started>
{
    /// <summary>All cases but one: grpc-js does not compress what its servers send.</summary>
    public static TheoryData<Route, string> Table => Rows.Of(InteropCases.Names.Except([InteropCases.ServerCompressedUnary]));

    [PeerTheory(Peer.GrpcJs), MemberData(nameof(Table))]
    public async Task A_grpc_js_server_serves_our_client(Route route, string name)
    {
        var (address, cancelled) = await started.On(route);
        using var client = new OwnClient(address);
        var label = $"{route}/{name}";
        await client.Run(name, label);
        if (name == InteropCases.CancelAfterFirstResponse) await cancelled.ExpectAsync(label);
    }

    /// <summary>The foreign server and a gateway before it. Started by the first row, so that skipped rows need nothing.</summary>
    public sealed class Started : IAsyncLifetime
    {
        private readonly Lazy<Task<(ForeignServer Server, InteropGateway Gateway)>> _started = new(async () =>
        {
            var server = await ForeignServer.StartAsync();
            return (server, await InteropGateway.StartAsync(server.Address));
        });

        public Task InitializeAsync() => Task.CompletedTask;

        public async Task DisposeAsync()
        {
            if (!_started.IsValueCreated || !_started.Value.IsCompletedSuccessfully) return;
            var (server, gateway) = await _started.Value;
            await gateway.DisposeAsync();
            await server.DisposeAsync();
        }

        internal async Task<(string Address, CancelledCalls Cancelled)> On(Route route)
        {
            var (server, gateway) = await _started.Value;
            return (route == Route.Direct ? server.Address : gateway.Address, server.Cancelled);
        }
    }
}
