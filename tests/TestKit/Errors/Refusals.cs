using Google.Protobuf;
using Google.Rpc;
using Grpc.Core;
using Xunit;

namespace Delegation.TestKit.Errors;

/// <summary>Reads what a refused call says beside its status: https://google.aip.dev/193.</summary>
public static class Refusals
{
    /// <summary>The refusal of a call; a call that is not refused fails the test.</summary>
    public static async Task<RpcException> ThrownBy<T>(AsyncUnaryCall<T> call) => await Assert.ThrowsAsync<RpcException>(async () => await call);

    /// <summary>Status and reason in one.</summary>
    public static (StatusCode Code, string Reason) Kind(this RpcException refusal) => (refusal.StatusCode, refusal.Reason());

    /// <summary>The stable reason.</summary>
    public static string Reason(this RpcException refusal) => refusal.Detail<ErrorInfo>().Reason;

    /// <summary>The fields that break rules, each with its reason.</summary>
    public static IReadOnlyList<(string Field, string Reason)> Violations(this RpcException refusal) =>
        [.. refusal.FieldViolations().Select(violation => (violation.Field, violation.Reason))];

    /// <summary>The same with their texts for people.</summary>
    public static IReadOnlyList<BadRequest.Types.FieldViolation> FieldViolations(this RpcException refusal) => refusal.Detail<BadRequest>().FieldViolations;

    /// <summary>What would have to be so.</summary>
    public static IReadOnlyList<PreconditionFailure.Types.Violation> Conditions(this RpcException refusal) => refusal.Detail<PreconditionFailure>().Violations;

    /// <summary>The text for people.</summary>
    public static string Text(this RpcException refusal) => refusal.Detail<LocalizedMessage>().Message;

    /// <summary>All of it but what differs from call to call.</summary>
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
