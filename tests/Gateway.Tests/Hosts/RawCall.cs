using System.Buffers.Binary;
using System.Net;
using System.Net.Http.Headers;
using Google.Protobuf;

namespace Delegation.Gateway.Tests.Hosts;

/// <summary>
/// A gRPC call by hand: an HTTP/2 request that watches no clock, keeps no policy, and shows where each header of the answer was.
/// </summary>
internal sealed class RawCall : IDisposable
{
    private readonly HttpClient _client = new(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(5) }) { Timeout = TimeSpan.FromSeconds(30) };

    public void Dispose() => _client.Dispose();

    public async Task<HttpResponseMessage> SendAsync(
        Uri address, string path, IMessage? message = null, string contentType = "application/grpc", Version? version = null,
        params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address, path))
        {
            Version = version ?? HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent(Frame(message)),
        };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        request.Headers.TE.ParseAdd("trailers");
        foreach (var (name, value) in headers)
            request.Headers.Add(name, value);

        return await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    /// <summary>One message with its five bytes in front: not compressed, and the length.</summary>
    private static byte[] Frame(IMessage? message)
    {
        if (message is null)
            return [];
        var bytes = message.ToByteArray();
        var frame = new byte[5 + bytes.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), bytes.Length);
        bytes.CopyTo(frame, 5);
        return frame;
    }
}
