using Yarp.ReverseProxy.Transforms;

namespace Delegation.Gateway.Forwarding;

/// <summary>
/// Sends the headers of an answer on when its first message is still to come. YARP holds them back until there is a body, since an answer
/// without one must end with its headers; in gRPC that is the answer that has its status in the headers, so the two can be told apart:
/// https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md#responses
/// </summary>
internal static class EarlyHeaders
{
    public static async ValueTask SendAsync(ResponseTransformContext answer)
    {
        if (answer.ProxyResponse is not { } response || response.Headers.NonValidated.Contains("grpc-status"))
            return;

        // Reading nothing ends when there is something to read. Mostly there is: the headers of a unary call come with its message, and
        // sending them apart would cost a write.
        var body = await response.Content.ReadAsStreamAsync(answer.CancellationToken);
        var something = body.ReadAsync(Memory<byte>.Empty, answer.CancellationToken);
        try
        {
            if (!something.IsCompleted)
                await answer.HttpContext.Response.Body.FlushAsync(CancellationToken.None);
            _ = await something;
        }
        catch (Exception)
        {
            // YARP's own read, which is next, meets it again and deals with it; thrown from here it would count as an error of ours.
        }
    }
}
