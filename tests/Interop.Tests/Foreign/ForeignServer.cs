using Delegation.Interop.Tests.Server;

namespace Delegation.Interop.Tests.Foreign;

/// <summary>The interop service on grpc-js.</summary>
internal sealed class ForeignServer : IAsyncDisposable
{
    private readonly PeerProcess _process;
    private readonly CancelledCalls _cancelled = new();
    private readonly Task _reading;

    private ForeignServer(PeerProcess process, int port)
    {
        _process = process;
        Address = $"http://127.0.0.1:{port}";
        _reading = ReadAsync();
    }

    public string Address { get; }

    public CancelledCalls Cancelled => _cancelled;

    public static async Task<ForeignServer> StartAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var process = PeerProcess.Start(Peer.GrpcJs, "server.mjs");
        try
        {
            var line = await process.Lines.ReadAsync(limit.Token);
            return new ForeignServer(process, line.GetProperty("port").GetInt32());
        }
        catch (Exception e)
        {
            await process.DisposeAsync();
            throw new InvalidOperationException($"The grpc-js server did not start. It wrote:\n{process.Errors}", e);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        await _reading;
    }

    private async Task ReadAsync()
    {
        await foreach (var line in _process.Lines.ReadAllAsync()) _cancelled.Add(line.GetProperty("cancelled").GetString());
    }
}
