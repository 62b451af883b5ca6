using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using Status = Grpc.Core.Status;

namespace Delegation.ServiceDefaults.Errors;

/// <summary>An error answer before it is put into a language.</summary>
internal sealed record Refusal(StatusCode Status, string Reason, LocalizedText Message, IReadOnlyList<FieldViolation> Violations, params IReadOnlyList<UnmetCondition> Conditions)
{
    // https://grpc.io/docs/guides/error/#richer-error-model
    private const string DetailsTrailer = "grpc-status-details-bin";

    /// <summary>The error on the wire, for a caller who reads <paramref name="language"/>.</summary>
    public RpcException ToRpcException(string language, string? traceId)
    {
        var status = new Google.Rpc.Status { Code = (int)Status, Message = Message.English };
        status.Details.Add(Any.Pack(new ErrorInfo { Reason = Reason, Domain = RpcErrors.Domain }));
        if (traceId is not null)
            status.Details.Add(Any.Pack(new RequestInfo { RequestId = traceId }));
        status.Details.Add(Any.Pack(Localize(language, Message)));
        if (Violations.Count > 0)
            status.Details.Add(Any.Pack(new BadRequest { FieldViolations = { Violations.Select(violation => Describe(violation, language)) } }));

        if (Conditions.Count > 0)
            status.Details.Add(Any.Pack(new PreconditionFailure { Violations = { Conditions.Select(condition => Describe(condition, language)) } }));

        var trailers = new Metadata { { DetailsTrailer, status.ToByteArray() } };
        return new RpcException(new Status(Status, Message.English), trailers);
    }

    private static BadRequest.Types.FieldViolation Describe(FieldViolation violation, string language) => new()
    {
        Field = violation.Field,
        Reason = violation.Reason,
        Description = violation.Description.English,
        LocalizedMessage = Localize(language, violation.Description, violation.Remedy),
    };

    private static PreconditionFailure.Types.Violation Describe(UnmetCondition condition, string language) => new()
    {
        Type = condition.Type,
        Subject = condition.Subject,
        Description = condition.Description.In(language),
    };

    private static LocalizedMessage Localize(string language, LocalizedText text, LocalizedText? more = null) => new()
    {
        Locale = language,
        Message = more is null ? text.In(language) : $"{text.In(language)} {more.In(language)}",
    };
}
