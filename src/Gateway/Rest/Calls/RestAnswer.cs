using System.Buffers;
using Delegation.Gateway.Rest.Bodies;
using Delegation.Gateway.Rest.Json;
using Delegation.Gateway.Rest.Streams;
using Google.Protobuf;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using Yarp.ReverseProxy.Transforms;

namespace Delegation.Gateway.Rest.Calls;

/// <summary>Turns the answer of a service into that of the REST call.</summary>
internal sealed class RestAnswer(IOptions<RestSettings> settings)
{
    /// <summary>Writes it, or leaves in the call why that did not work.</summary>
    public async ValueTask WriteAsync(ResponseTransformContext answer, RestCall call)
    {
        if (answer.ProxyResponse is not { } response)
            return;

        answer.SuppressResponseBody = true;
        ForgetHeaders(answer.HttpContext.Response, response);
        try
        {
            await WriteAsync(answer.HttpContext, call, response, answer.HttpContext.RequestAborted);
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException or OperationCanceledException or InvalidDataException or InvalidProtocolBufferException)
        {
            // Thrown on, it would count as an error of ours, and YARP would answer in its own words.
            call.Failure = broken;
        }
    }

    private async Task WriteAsync(HttpContext context, RestCall call, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.Content.Headers.ContentType?.MediaType?.StartsWith("application/grpc", StringComparison.OrdinalIgnoreCase) != true)
            throw new HttpRequestException($"The service answered {(int)response.StatusCode} and no gRPC.");
        if (ServiceStatus.InHeaders(response) is { Code: not 0 } refused)
        {
            RestEnd.Refuse(context, call, refused);
            return;
        }

        using var frames = new GrpcFrames(await response.Content.ReadAsStreamAsync(cancellationToken));
        if (call.Binding.GivesEvents)
        {
            await EventStream.WriteAsync(context.Response, frames, call, settings.Value.Heartbeat, cancellationToken);
        }
        else if (await frames.ReadAsync(cancellationToken) is { } first)
        {
            if (call.Binding.GivesBytes)
            {
                PassFileName(context.Response, response);
                await DownloadAnswer.WriteAsync(context.Response, first, frames, cancellationToken);
            }
            else
            {
                var message = call.Binding.Method.OutputType.Parser.ParseFrom(first.Span);
                // Only now is it known whether the message counts.
                if (await frames.ReadAsync(cancellationToken) is not null)
                    throw new InvalidDataException("The service answered twice.");
                if (ServiceStatus.InTrailers(response) is { Code: 0 })
                {
                    WriteJson(context, call, message);
                    return;
                }
            }
        }

        if (ServiceStatus.InTrailers(response) is { Code: not 0 } status)
            RestEnd.Refuse(context, call, status);
        else if (call.Binding.GivesEvents)
            EventStream.End(context.Response);
        else if (!context.Response.HasStarted && !call.Binding.GivesBytes)
            throw new InvalidDataException("The service answered with no message.");
    }

    private static void WriteJson(HttpContext context, RestCall call, IMessage message)
    {
        var response = context.Response;
        if (Etag(call, message) is { } etag)
        {
            response.Headers.ETag = etag.ToString();
            // Kept by the caller alone, and asked for again each time.
            response.Headers.CacheControl = "private, no-cache";
            if (call.Binding.HttpMethod == HttpMethods.Get && IsKnown(context.Request, etag))
            {
                response.StatusCode = StatusCodes.Status304NotModified;
                return;
            }
        }
        else
            response.Headers.CacheControl = "no-store";

        var body = new ArrayBufferWriter<byte>(1024);
        JsonAnswer.Write(body, message, call.Binding);
        response.ContentType = "application/json";
        response.ContentLength = body.WrittenCount;
        response.BodyWriter.Write(body.WrittenSpan);
    }

    private static EntityTagHeaderValue? Etag(RestCall call, IMessage message) =>
        call.Binding.ResponseEtag?.Accessor.GetValue(message) is string { Length: > 0 } text && EntityTagHeaderValue.TryParse(text, out var etag) && !etag.IsWeak
            ? etag
            : null;

    // https://www.rfc-editor.org/rfc/rfc9110#section-13.1.2 : the weak comparison.
    private static bool IsKnown(HttpRequest request, EntityTagHeaderValue etag) =>
        EntityTagHeaderValue.TryParseList(request.Headers.IfNoneMatch, out var known)
        && known.Any(each => each.Tag == "*" || each.Compare(etag, useStrongComparison: false));

    private static void PassFileName(HttpResponse response, HttpResponseMessage answer)
    {
        if (answer.Headers.NonValidated.TryGetValues(HeaderNames.ContentDisposition, out var values)
            || answer.Content.Headers.NonValidated.TryGetValues(HeaderNames.ContentDisposition, out values))
            response.Headers.ContentDisposition = values.ToString();
    }

    // YARP has copied them; they belong to the gRPC call. For which organisation a service answered stays: the limits count by it.
    private static void ForgetHeaders(HttpResponse response, HttpResponseMessage answer)
    {
        foreach (var header in answer.Headers.NonValidated)
            if (!header.Key.Equals("organization", StringComparison.OrdinalIgnoreCase))
                response.Headers.Remove(header.Key);
        foreach (var header in answer.Content.Headers.NonValidated)
            response.Headers.Remove(header.Key);
        response.StatusCode = StatusCodes.Status200OK;
    }
}
