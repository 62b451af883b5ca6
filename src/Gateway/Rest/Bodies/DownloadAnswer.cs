using System.Buffers;
using Delegation.Gateway.Rest.Calls;

namespace Delegation.Gateway.Rest.Bodies;

/// <summary>Writes <c>google.api.HttpBody</c> messages as the body that they are, one in memory at a time.</summary>
internal static class DownloadAnswer
{
    /// <param name="response">What the caller reads; its speed is ours.</param>
    /// <param name="first">The first message, which says what the bytes are.</param>
    /// <param name="frames">The others.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task WriteAsync(HttpResponse response, ReadOnlyMemory<byte> first, GrpcFrames frames, CancellationToken cancellationToken)
    {
        var part = HttpBodyPart.Read(first);
        response.ContentType = part.ContentType.Length > 0 && !part.ContentType.AsSpan().ContainsAny('\r', '\n') ? part.ContentType : "application/octet-stream";
        response.Headers.CacheControl = "no-store";
        // What somebody uploaded is shown as what it is said to be, or not at all.
        response.Headers.XContentTypeOptions = "nosniff";
        for (var message = (ReadOnlyMemory<byte>?)first; message is not null; message = await frames.ReadAsync(cancellationToken))
        {
            response.BodyWriter.Write(HttpBodyPart.Read(message.Value).Data.Span);
            await response.BodyWriter.FlushAsync(cancellationToken);
        }
    }
}
