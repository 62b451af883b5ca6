using System.Buffers;
using Microsoft.AspNetCore.Http.Features;

namespace Delegation.Gateway.Rest.Bodies;

/// <summary>A whole small body in memory that is given back afterwards.</summary>
internal sealed class JsonBytes : IDisposable
{
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(4096);
    private int _length;

    private JsonBytes()
    {
    }

    public ReadOnlyMemory<byte> Memory => _buffer.AsMemory(0, _length);

    /// <summary>The body, or null when it has more bytes than <paramref name="limit"/>.</summary>
    public static async Task<JsonBytes?> ReadAsync(HttpContext context, int limit)
    {
        if (context.Request.ContentLength > limit)
            return null;
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            // Ours answers in its own words, and counts what is read and not what is announced.
            size.MaxRequestBodySize = null;

        var body = new JsonBytes();
        while (await context.Request.Body.ReadAsync(body._buffer.AsMemory(body._length), context.RequestAborted) is > 0 and var read)
        {
            body._length += read;
            if (body._length > limit)
            {
                body.Dispose();
                return null;
            }

            if (body._length == body._buffer.Length)
                body.Grow();
        }

        return body;
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        _length = 0;
    }

    private void Grow()
    {
        var larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
        _buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
