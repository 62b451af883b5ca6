using Delegation.Gateway.Forwarding;
using Delegation.Gateway.Rest.Binding;
using Delegation.Gateway.Rest.Bodies;
using Delegation.Gateway.Rest.Json;
using Delegation.Gateway.Rest.Problems;
using Google.Api;
using Google.Protobuf;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace Delegation.Gateway.Rest.Calls;

/// <summary>Turns the body of a REST call into the messages of the gRPC call, or says everything that is wrong with the request.</summary>
internal sealed class RestRequest(RequestDelegate next, IOptions<RestSettings> settings)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (RestCall.Of(context) is not { } call || await BoundAsync(context, call))
            await next(context);
    }

    private async Task<bool> BoundAsync(HttpContext context, RestCall call)
    {
        try
        {
            return await BindAsync(context, call);
        }
        catch (BadHttpRequestException broken)
        {
            HttpError.BodyBroken(broken.StatusCode).Answer(context);
            return false;
        }
        catch (Exception left) when (left is IOException or OperationCanceledException)
        {
            // The caller left in the middle of the body, or took longer than the call may.
            call.Failure = left;
            return false;
        }
    }

    private async Task<bool> BindAsync(HttpContext context, RestCall call)
    {
        var request = context.Request;
        var faults = new Faults();
        var binder = new RequestBinder(call.Binding, faults);

        if (call.Binding.TakesBytes && !BodyTypes.IsBytes(request))
        {
            HttpError.NoMediaType.Answer(context);
            return false;
        }

        if (call.Binding.TakesBytes ? !await ReadSmallFileAsync(context, call, binder) : !await ReadJsonAsync(context, call, binder, faults))
            return false;

        binder.Path(call.PathValues);
        QueryText.Read(call.Query, binder, faults);
        HeaderFields.Read(request.Headers, call.Binding, binder, faults);
        call.OutsideBody = faults.OutsideBody;
        if (faults.Any)
        {
            faults.ToRefusal().Answer(context);
            return false;
        }

        request.Body = call.Binding.Method.IsClientStreaming
            ? new UploadBody(context, call.Binding, binder.Message)
            : new MemoryStream(GrpcFrames.Of(binder.Message), writable: false);
        context.Features.Set<IHttpRequestBodyDetectionFeature>(HasBody.Instance);
        return true;
    }

    // A method that takes its file in one message gets it in one; a stream of them is read when it is sent on. False when the request has been answered.
    private async Task<bool> ReadSmallFileAsync(HttpContext context, RestCall call, RequestBinder binder)
    {
        if (call.Binding.Method.IsClientStreaming)
            return true;
        var limit = settings.Value.MaxJsonBytes;
        using var bytes = await JsonBytes.ReadAsync(context, limit);
        if (bytes is null)
        {
            HttpError.BodyTooLarge(limit).Answer(context);
            return false;
        }

        binder.File(new HttpBody { ContentType = context.Request.ContentType, Data = ByteString.CopyFrom(bytes.Memory.Span) });
        return true;
    }

    // False when the request has been answered.
    private async Task<bool> ReadJsonAsync(HttpContext context, RestCall call, RequestBinder binder, Faults faults)
    {
        var limit = settings.Value.MaxJsonBytes;
        using var body = await JsonBytes.ReadAsync(context, limit);
        if (body is null)
        {
            HttpError.BodyTooLarge(limit).Answer(context);
            return false;
        }

        if (body.Memory.IsEmpty)
            return true;
        if (!call.Binding.HasBody)
        {
            faults.Outside("", "BODY_NOT_TAKEN", FaultTexts.BodyNotTaken);
            return true;
        }

        if (!BodyTypes.IsJson(context.Request))
        {
            HttpError.NoJson.Answer(context);
            return false;
        }

        using var json = JsonBody.Parse(body.Memory, faults);
        if (json is not null)
            binder.Body(json.RootElement);
        return true;
    }

    private sealed class HasBody : IHttpRequestBodyDetectionFeature
    {
        public static readonly HasBody Instance = new();

        public bool CanHaveBody => true;
    }
}
