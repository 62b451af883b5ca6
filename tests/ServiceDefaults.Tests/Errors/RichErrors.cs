using Google.Protobuf;
using Google.Rpc;
using Grpc.Core;

namespace Delegation.ServiceDefaults.Tests.Errors;

/// <summary>The details of an error, as a client reads them from <c>grpc-status-details-bin</c>.</summary>
internal static class RichErrors
{
    public static Google.Rpc.Status Details(this RpcException exception) =>
        Google.Rpc.Status.Parser.ParseFrom(exception.Trailers.GetValueBytes("grpc-status-details-bin"));

    public static T Detail<T>(this RpcException exception)
        where T : class, IMessage, new() =>
        Assert.Single(exception.Details().Details, detail => detail.Is(new T().Descriptor)).Unpack<T>();

    public static string Reason(this RpcException exception) => exception.Detail<ErrorInfo>().Reason;
}
