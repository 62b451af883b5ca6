using Delegation.Interop.Tests.Clients;
using Delegation.Interop.Tests.Server;

namespace Delegation.Interop.Tests;

/// <summary>Our client against our server: what the foreign peers are compared with.</summary>
public sealed class OwnStackTests : IAsyncLifetime
{
    private InteropServer _server = null!;
    private InteropGateway _gateway = null!;

    public static TheoryData<Route, string> Table => Rows.Of(InteropCases.Names);

    public async Task InitializeAsync()
    {
        _server = await InteropServer.StartAsync();
        _gateway = await InteropGateway.StartAsync(_server.Address);
    }

    public async Task DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Theory, MemberData(nameof(Table))]
    public async Task Our_server_serves_our_client(Route route, string name)
    {
        using var client = new OwnClient(route == Route.Direct ? _server.Address : _gateway.Address);
        await client.Run(name, name);
        if (name == InteropCases.CancelAfterFirstResponse) await _server.Cancelled.ExpectAsync(name);
    }
}
