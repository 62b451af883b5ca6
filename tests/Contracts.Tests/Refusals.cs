using Google.Protobuf;
using Google.Rpc;
using Grpc.Core;

namespace Delegation.Contracts.Tests;

/// <summary>Reads what a refused call says beside its status: https://google.aip.dev/193.</summary>
internal static class Refusals
{
    public static async Task<RpcException> ThrownBy(AsyncUnaryCall<V1.Organization> call) => await Assert.ThrowsAsync<RpcException>(async () => await call);

    public static string Reason(this RpcException refusal) => refusal.Detail<ErrorInfo>().Reason;

    public static IReadOnlyList<BadRequest.Types.FieldViolation> Violations(this RpcException refusal) => refusal.Detail<BadRequest>().FieldViolations;

    private static T Detail<T>(this RpcException refusal)
        where T : class, IMessage<T>, new()
    {
        var status = Google.Rpc.Status.Parser.ParseFrom(refusal.Trailers.GetValueBytes("grpc-status-details-bin"));
        return status.Details.Single(detail => detail.Is(new T().Descriptor)).Unpack<T>();
    }
}
