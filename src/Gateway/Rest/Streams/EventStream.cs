using System.Buffers;
using Delegation.Gateway.Rest.Calls;
using Delegation.Gateway.Rest.Json;
using Delegation.Gateway.Rest.Problems;

namespace Delegation.Gateway.Rest.Streams;

/// <summary>A stream of messages as server-sent events: https://html.spec.whatwg.org/multipage/server-sent-events.html</summary>
internal static class EventStream
{
    public const string ContentType = "text/event-stream";

    /// <summary>Writes each message when it comes, and a comment when none came for a while; ends without a word about how the call ended.</summary>
    public static async Task WriteAsync(
        HttpResponse response, GrpcFrames frames, RestCall call, TimeSpan heartbeat, CancellationToken cancellationToken)
    {
        response.ContentType = ContentType;
        response.Headers.CacheControl = "no-store";
        // Proxies in between, nginx for one, would collect events otherwise.
        response.Headers["X-Accel-Buffering"] = "no";
        var output = response.BodyWriter;
        var parser = call.Binding.Method.OutputType.Parser;

        while (true)
        {
            var next = frames.ReadAsync(cancellationToken);
            while (!next.IsCompleted)
            {
                await output.FlushAsync(cancellationToken);
                if (!await CameWithinAsync(next, heartbeat, cancellationToken))
                    output.Write(":\n\n"u8);
            }

            if (await next is not { } message)
                break;
            output.Write("data: "u8);
            JsonAnswer.Write(output, parser.ParseFrom(message.Span), call.Binding);
            output.Write("\n\n"u8);
            await output.FlushAsync(cancellationToken);
        }
    }

    /// <summary>The last event: the call is over, and connecting again would start it anew.</summary>
    public static void End(HttpResponse response) => response.BodyWriter.Write("event: end\ndata: {}\n\n"u8);

    /// <summary>The last event: why there are no more.</summary>
    public static void Fail(HttpResponse response, Problem problem)
    {
        response.BodyWriter.Write("event: error\ndata: "u8);
        problem.WriteJson(response.BodyWriter);
        response.BodyWriter.Write("\n\n"u8);
    }

    private static async Task<bool> CameWithinAsync(Task next, TimeSpan time, CancellationToken cancellationToken)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var came = await Task.WhenAny(next, Task.Delay(time, waiting.Token)) == next;
        await waiting.CancelAsync();
        return came || cancellationToken.IsCancellationRequested;
    }
}
