using Delegation.TestKit.Redis;
using Delegation.TestKit.Tokens;

namespace Delegation.Benchmarks.Gateway;

/// <summary>
/// Our gateway as it runs for users, tokens checked and calls counted together with a Redis, in front of a service.
/// The limits are so high that they refuse nothing.
/// </summary>
internal sealed class GatewayProcess : IAsyncDisposable
{
    private readonly Stack<IAsyncDisposable> _parts = new();

    private GatewayProcess()
    {
    }

    public required TestIssuer Issuer { get; init; }

    /// <summary>The service behind it.</summary>
    public ServerProcess Service { get; private set; } = null!;

    /// <summary>At the port of gRPC.</summary>
    public ServerProcess Process { get; private set; } = null!;

    public string RestAddress { get; private set; } = null!;

    /// <summary>Starts it with a service that answers from memory in the place of Contracts, or with the one that is given in the place that is named.</summary>
    public static async Task<GatewayProcess> StartAsync(CancellationToken cancellation, Func<TestIssuer, Task<ServerProcess>>? service = null, string name = "contracts")
    {
        var all = new GatewayProcess { Issuer = await TestIssuer.StartAsync() };
        try
        {
            all._parts.Push(all.Issuer);
            var redis = ServerProcess.FreePort();
            all._parts.Push(await RedisServer.StartAsync(redis));
            all.Service = service is null ? await all.EchoAsync(cancellation) : await service(all.Issuer);
            if (service is not null)
                all._parts.Push(all.Service);
            // What the other services have to tell would be told to every stream too.
            var quiet = await all.EchoAsync(cancellation);
            var rest = ServerProcess.FreePort();
            all.RestAddress = $"http://127.0.0.1:{rest}";
            all.Process = await ServerProcess.StartDotnetAsync(
                Repository.Output("src/Gateway", "Gateway.dll"), _ => [], port => all.Settings(port, rest, redis, service => service == name ? all.Service : quiet), cancellation);
            all._parts.Push(all.Process);
            return all;
        }
        catch (Exception)
        {
            await all.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        while (_parts.TryPop(out var part))
            await part.DisposeAsync();
    }

    private async Task<ServerProcess> EchoAsync(CancellationToken cancellation)
    {
        var echo = await ServerProcess.StartDotnetAsync(
            typeof(GatewayProcess).Assembly.Location, port => [EchoServer.Command, $"--GRPC_PORT={port}"], null, cancellation);
        _parts.Push(echo);
        return echo;
    }

    private Dictionary<string, string> Settings(int port, int rest, int redis, Func<string, ServerProcess> server) => new()
    {
        ["DOTNET_ENVIRONMENT"] = "Development",
        ["Authentication__Authority"] = Issuer.Authority,
        ["Authentication__ClientId"] = "gateway",
        ["Authentication__ClientSecret"] = "secret",
        ["ConnectionStrings__redis"] = $"127.0.0.1:{redis}",
        ["Limits__Person"] = "1000000000",
        ["Limits__Organization"] = "1000000000",
        ["Limits__Address"] = "1000000000",
        ["Limits__Open"] = "100000",
        ["GRPC_PORT"] = $"{port}",
        ["HTTP_PORT"] = $"{rest}",
        ["services__contracts__grpc__0"] = server("contracts").Address,
        ["services__delivery__grpc__0"] = server("delivery").Address,
        ["services__reporting__grpc__0"] = server("reporting").Address,
        ["services__watch__grpc__0"] = server("watch").Address,
    };
}
