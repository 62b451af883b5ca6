namespace Grpc.Core;

/// <summary>A way to a server, over which many clients make calls.</summary>
/// <param name="target">The address of the server.</param>
public abstract class ChannelBase(string target)
{
    /// <summary>The address of the server.</summary>
    public string Target { get; } = target ?? throw new ArgumentNullException(nameof(target));

    /// <summary>What makes calls over this channel.</summary>
    public abstract CallInvoker CreateCallInvoker();

    /// <summary>Ends the calls in flight and closes the connections.</summary>
    public Task ShutdownAsync() => ShutdownAsyncCore();

    /// <summary>What a channel does to shut down; nothing by default.</summary>
    protected virtual Task ShutdownAsyncCore() => Task.CompletedTask;
}
