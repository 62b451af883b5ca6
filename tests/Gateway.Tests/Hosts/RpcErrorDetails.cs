using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Rpc;
using Grpc.Core;

namespace Delegation.Gateway.Tests.Hosts;

/// <summary>Reads the details of an error as a client would.</summary>
internal static class RpcErrorDetails
{
    public static string? Reason(this RpcException error) => error.Detail<ErrorInfo>()?.Reason;

    public static T? Detail<T>(this RpcException error)
        where T : class, IMessage<T>, new() =>
        error.Trailers.GetValueBytes("grpc-status-details-bin") is { } bytes ? Unpack<T>(bytes) : null;

    public static T? Unpack<T>(byte[] status)
        where T : class, IMessage<T>, new()
    {
        MessageDescriptor wanted = new T().Descriptor;
        return Google.Rpc.Status.Parser.ParseFrom(status).Details.FirstOrDefault(detail => detail.Is(wanted))?.Unpack<T>();
    }
}
