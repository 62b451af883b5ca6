namespace Grpc.Net.ClientFactory;

/// <summary>Makes the clients that <c>AddGrpcClient</c> registered.</summary>
public abstract class GrpcClientFactory
{
    /// <summary>A new client over the channel that the clients of this name and type share.</summary>
    /// <typeparam name="TClient">Type of the client.</typeparam>
    /// <param name="name">Name that the client was registered under.</param>
    /// <exception cref="InvalidOperationException">No such client is registered, or it has no address.</exception>
    public abstract TClient CreateClient<TClient>(string name)
        where TClient : class;
}
