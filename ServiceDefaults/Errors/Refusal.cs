using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using Status = Grpc.Core.Status;

namespace Delegation.ServiceDefaults.Errors;

/// <summary>An error answer before it is put into a language. Services throw <see cref="RpcErrors"/>; this is for who writes answers itself.</summary>
/// <param name="Status">The gRPC status.</param>
/// <param name="Reason">Stable and UPPER_SNAKE_CASE.</param>
/// <param name="Message">The same in words.</param>
/// <param name="Violations">The broken rules of fields, if any.</param>
public sealed record Refusal(StatusCode Status, string Reason, LocalizedText Message, params IReadOnlyList<FieldViolation> Violations)
{
    /// <summary>Where the details travel, in binary: https://grpc.io/docs/guides/error/#richer-error-model</summary>
    public const string DetailsTrailer = "grpc-status-details-bin";

    /// <summary>What would have to be so for the request to be accepted, if that is what is wrong.</summary>
    public IReadOnlyList<UnmetCondition> Conditions { get; init; } = [];

    /// <summary>How long the caller should wait before the same call can succeed, if that is known.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The error with its details, for a caller who reads <paramref name="language"/> and will ask by the trace id.</summary>
    public Google.Rpc.Status Details(string language, string? traceId)
    {
        var status = new Google.Rpc.Status { Code = (int)Status, Message = InWords() };
        status.Details.Add(Any.Pack(new ErrorInfo { Reason = Reason, Domain = RpcErrors.Domain }));
        if (traceId is not null)
            status.Details.Add(Any.Pack(new RequestInfo { RequestId = traceId }));
        status.Details.Add(Any.Pack(Localize(language, Message)));
        if (Violations.Count > 0)
            status.Details.Add(Any.Pack(new BadRequest { FieldViolations = { Violations.Select(violation => Describe(violation, language)) } }));

        if (Conditions.Count > 0)
            status.Details.Add(Any.Pack(new PreconditionFailure { Violations = { Conditions.Select(condition => Describe(condition, language)) } }));

        if (RetryAfter is { } delay)
            status.Details.Add(Any.Pack(new RetryInfo { RetryDelay = Duration.FromTimeSpan(delay) }));

        return status;
    }

    /// <summary>The refusal that a call to another service of the platform ended with, in English and in the language of that call; null when it was none.</summary>
    internal static Refusal? Read(RpcException refused)
    {
        if (refused.Trailers.GetValueBytes(DetailsTrailer) is not { } details)
            return null;

        var told = Google.Rpc.Status.Parser.ParseFrom(details).Details;
        var reason = told.FirstOrDefault(detail => detail.Is(ErrorInfo.Descriptor))?.Unpack<ErrorInfo>();
        var words = told.FirstOrDefault(detail => detail.Is(LocalizedMessage.Descriptor))?.Unpack<LocalizedMessage>();
        return reason is { Domain: RpcErrors.Domain } && words is not null
            ? new Refusal(refused.StatusCode, reason.Reason, new LocalizedText(refused.Status.Detail, words.Message))
            : null;
    }

    /// <summary>The same as the exception that a gRPC method ends with.</summary>
    internal RpcException ToRpcException(string language, string? traceId) => new(
        new Status(Status, InWords()), new Metadata { { DetailsTrailer, Details(language, traceId).ToByteArray() } });

    // Whoever sees only the status, in a terminal or a log, must still learn which field it is and what to do.
    private string InWords() => string.Join(
        '\n', [Message.English, .. Violations.Select(violation => $"{violation.Field}: {violation.Description.English} {violation.Remedy?.English}".TrimEnd())]);

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
