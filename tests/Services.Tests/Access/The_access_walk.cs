using Delegation.TestKit;
using Delegation.TestKit.Access;
using Delegation.TestKit.Hosting;
using Delegation.TestKit.Tokens;

namespace Delegation.Services.Tests.Access;

/// <summary>Every rpc of the services that have no test project of their own.</summary>
public sealed class The_access_walk
{
    private static readonly IReadOnlyDictionary<string, RecordedCall> Calls = JournalCalls.All.ToDictionary(call => call.FullName);

    // Nobody is followed here.
    private static readonly Uri Nowhere = new("http://127.0.0.1:9");

    [PostgresFact]
    public async Task Of_Reporting() => await WalkAsync(issuer => Hosts.Reporting(issuer, Nowhere));

    [PostgresFact]
    public async Task Of_Watch() => await WalkAsync(issuer => Hosts.Watch(issuer, Nowhere));

    private static async Task WalkAsync<TProgram>(Func<TestIssuer, ServiceHost<TProgram>> host)
        where TProgram : class
    {
        await using var issuer = await TestIssuer.StartAsync();
        await using var service = await Running.StartAsync(host(issuer));
        var walk = new AccessWalk(service.Host.Scene);

        Assert.Empty(string.Join('\n', walk.Served.Except(Calls.Keys)));
        foreach (var rpc in walk.Served)
            Assert.Empty(string.Join('\n', await walk.WalkAsync(Calls[rpc])));

        service.Host.Logs.AssertNoErrors();
    }
}
