namespace Grpc.Core;

/// <summary>What generated clients derive from.</summary>
public abstract class ClientBase
{
    /// <summary>A client that cannot call, for test doubles.</summary>
    protected ClientBase() : this(new DisconnectedCallInvoker())
    {
    }

    /// <summary>A client like another one.</summary>
    /// <param name="configuration">What the other one has.</param>
    protected ClientBase(ClientBaseConfiguration configuration) : this(configuration.CallInvoker)
    {
    }

    /// <summary>A client over a channel.</summary>
    /// <param name="channel">The channel.</param>
    public ClientBase(ChannelBase channel) : this(channel.CreateCallInvoker())
    {
    }

    /// <summary>A client over a call invoker.</summary>
    /// <param name="callInvoker">What makes the calls.</param>
    public ClientBase(CallInvoker callInvoker)
    {
        ArgumentNullException.ThrowIfNull(callInvoker);
        CallInvoker = callInvoker;
    }

    /// <summary>What makes the calls of this client.</summary>
    protected CallInvoker CallInvoker { get; }

    /// <summary>What a client hands to a copy of itself.</summary>
    protected internal class ClientBaseConfiguration
    {
        internal ClientBaseConfiguration(CallInvoker callInvoker) => CallInvoker = callInvoker;

        internal CallInvoker CallInvoker { get; }
    }
}

/// <summary>What the generated client <typeparamref name="T"/> derives from.</summary>
/// <typeparam name="T">The generated client.</typeparam>
public abstract class ClientBase<T> : ClientBase
    where T : ClientBase<T>
{
    /// <summary>A client that cannot call, for test doubles.</summary>
    protected ClientBase()
    {
    }

    /// <summary>A client like another one.</summary>
    /// <param name="configuration">What the other one has.</param>
    protected ClientBase(ClientBaseConfiguration configuration) : base(configuration)
    {
    }

    /// <summary>A client over a channel.</summary>
    /// <param name="channel">The channel.</param>
    public ClientBase(ChannelBase channel) : base(channel)
    {
    }

    /// <summary>A client over a call invoker.</summary>
    /// <param name="callInvoker">What makes the calls.</param>
    public ClientBase(CallInvoker callInvoker) : base(callInvoker)
    {
    }

    /// <summary>A copy of this client; generated code implements it.</summary>
    /// <param name="configuration">What the copy gets.</param>
    protected abstract T NewInstance(ClientBaseConfiguration configuration);
}
