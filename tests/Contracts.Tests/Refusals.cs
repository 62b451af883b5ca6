using Google.Protobuf;
using Google.Rpc;
using Grpc.Core;

namespace Delegation.Contracts.Tests;

/// <summary>Reads what a refused call says beside its status: https://google.aip.dev/193.</summary>
internal static class Refusals
{
    public static async Task<RpcException> ThrownBy<T>(AsyncUnaryCall<T> call) => await Assert.ThrowsAsync<RpcException>(async () => await call);

    public static string Reason(this RpcException refusal) => refusal.Detail<ErrorInfo>().Reason;

    public static IReadOnlyList<BadRequest.Types.FieldViolation> Violations(this RpcException refusal) => refusal.Detail<BadRequest>().FieldViolations;

    public static IReadOnlyList<PreconditionFailure.Types.Violation> Conditions(this RpcException refusal) => refusal.Detail<PreconditionFailure>().Violations;

    public static string Text(this RpcException refusal) => refusal.Detail<LocalizedMessage>().Message;

    public static Google.Rpc.Status WithoutTraceId(this RpcException refusal)
    {
        var status = refusal.Details();
        foreach (var request in status.Details.Where(detail => detail.Is(RequestInfo.Descriptor)).ToArray())
            status.Details.Remove(request);

        return status;
    }

    private static Google.Rpc.Status Details(this RpcException refusal) =>
        Google.Rpc.Status.Parser.ParseFrom(refusal.Trailers.GetValueBytes("grpc-status-details-bin"));

    private static T Detail<T>(this RpcException refusal)
        where T : class, IMessage<T>, new() =>
        refusal.Details().Details.Single(detail => detail.Is(new T().Descriptor)).Unpack<T>();
}
