using Google.Protobuf.Reflection;
using Grpc.Core;

namespace Delegation.Contracts.Audits.Pack;

/// <summary>Calls of rpcs by their descriptors: a pack holds what the contract says that there is, also what comes to it tomorrow.</summary>
internal static class PackReading
{
    private static readonly Marshaller<byte[]> Bytes = Marshallers.Create(bytes => bytes, bytes => bytes);

    /// <summary>Of which service the contract says what can be tried again.</summary>
    public static Google.Protobuf.Reflection.ServiceDescriptor Descriptor => Delegation.Journal.V1.Journal.Descriptor;

    /// <summary>A client of any service.</summary>
    internal sealed class Client : ClientBase<Client>
    {
        public Client(CallInvoker invoker)
            : base(invoker)
        {
        }

        private Client(ClientBaseConfiguration configuration)
            : base(configuration)
        {
        }

        public async Task<byte[]> ReadAsync(MethodDescriptor rpc, byte[] request, Metadata metadata, CancellationToken cancellationToken) =>
            await CallInvoker.AsyncUnaryCall(Method(rpc, MethodType.Unary), null, new CallOptions(metadata, cancellationToken: cancellationToken), request);

        public AsyncServerStreamingCall<byte[]> Download(MethodDescriptor rpc, byte[] request, Metadata metadata, CancellationToken cancellationToken) =>
            CallInvoker.AsyncServerStreamingCall(Method(rpc, MethodType.ServerStreaming), null, new CallOptions(metadata, cancellationToken: cancellationToken), request);

        protected override Client NewInstance(ClientBaseConfiguration configuration) => new(configuration);

        private static Method<byte[], byte[]> Method(MethodDescriptor rpc, MethodType type) => new(type, rpc.Service.FullName, rpc.Name, Bytes, Bytes);
    }
}
