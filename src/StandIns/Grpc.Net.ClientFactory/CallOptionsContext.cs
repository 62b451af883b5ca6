using Grpc.Core;

namespace Grpc.Net.ClientFactory;

/// <summary>A call about to be made, for those who change its options.</summary>
public sealed class CallOptionsContext
{
    internal CallOptionsContext(CallOptions callOptions, IServiceProvider serviceProvider)
    {
        CallOptions = callOptions;
        ServiceProvider = serviceProvider;
    }

    /// <summary>The options of the call.</summary>
    public CallOptions CallOptions { get; set; }

    /// <summary>The services of the scope that resolved the client.</summary>
    public IServiceProvider ServiceProvider { get; }
}
