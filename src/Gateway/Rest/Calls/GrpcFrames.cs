using System.Buffers;
using System.Buffers.Binary;
using Google.Protobuf;

namespace Delegation.Gateway.Rest.Calls;

/// <summary>
/// The messages of a gRPC body, each with five bytes in front: not compressed, and its length.
/// https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md#requests
/// </summary>
/// <param name="body">Where they come from.</param>
internal sealed class GrpcFrames(Stream body) : IDisposable
{
    public const int PrefixLength = 5;

    private const int LargestMessage = 64 * 1024 * 1024;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(4096);

    /// <summary>The next message, which is good until the one after; null at the end.</summary>
    /// <exception cref="InvalidDataException">This is not what a gRPC server sends.</exception>
    public async Task<ReadOnlyMemory<byte>?> ReadAsync(CancellationToken cancellationToken)
    {
        var read = await body.ReadAtLeastAsync(_buffer.AsMemory(0, PrefixLength), PrefixLength, throwOnEndOfStream: false, cancellationToken);
        if (read == 0)
            return null;
        var length = BinaryPrimitives.ReadUInt32BigEndian(_buffer.AsSpan(1));
        if (read < PrefixLength || _buffer[0] != 0 || length > LargestMessage)
            throw new InvalidDataException("The service did not answer with a message that was asked for.");

        if (length > _buffer.Length)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = ArrayPool<byte>.Shared.Rent((int)length);
        }

        var message = _buffer.AsMemory(0, (int)length);
        await body.ReadExactlyAsync(message, cancellationToken);
        return message;
    }

    /// <summary>One message as a body.</summary>
    public static byte[] Of(IMessage message)
    {
        var length = message.CalculateSize();
        var frame = new byte[PrefixLength + length];
        WritePrefix(frame, length);
        message.WriteTo(frame.AsSpan(PrefixLength));
        return frame;
    }

    public static void WritePrefix(Span<byte> frame, int length)
    {
        frame[0] = 0;
        BinaryPrimitives.WriteInt32BigEndian(frame[1..], length);
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }
}
