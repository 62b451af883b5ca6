using System.Buffers;
using System.IO.Pipelines;
using Delegation.Gateway.Rest.Calls;
using Delegation.Gateway.Rest.Routing;
using Google.Api;
using Google.Protobuf;
using Microsoft.AspNetCore.Http.Features;

namespace Delegation.Gateway.Rest.Bodies;

/// <summary>
/// The body of a request as the messages of a gRPC call, made while they are read: each has up to 256 KiB of it, the first one also what it is and
/// the fields from the path and the query. One message is in memory at a time, so a slow service slows its caller down.
/// </summary>
internal sealed class UploadBody : Stream
{
    private const int ChunkLength = 256 * 1024;

    private readonly PipeReader _bytes;
    private readonly RestBinding _binding;
    private readonly int _reserved;
    private byte[] _buffer;
    private byte[] _opening;
    private Memory<byte> _frame;
    private bool _started;

    public UploadBody(HttpContext context, RestBinding binding, IMessage fields)
    {
        _bytes = context.Request.BodyReader;
        _binding = binding;
        _opening = fields.ToByteArray();
        ContentType = context.Request.ContentType!;
        // In front of the bytes: the prefix, the fields, the type, and a few tags and lengths.
        _reserved = GrpcFrames.PrefixLength + _opening.Length + (ContentType.Length * 3) + 64;
        _buffer = ArrayPool<byte>.Shared.Rent(_reserved + ChunkLength);
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = null;
        context.Response.RegisterForDispose(this);
    }

    private string ContentType { get; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.IsEmpty)
            return 0;
        if (_frame.IsEmpty && !await NextAsync(cancellationToken))
            return 0;
        var length = Math.Min(buffer.Length, _frame.Length);
        _frame[..length].CopyTo(buffer);
        _frame = _frame[length..];
        return length;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
        // There is nothing to write.
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (_buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        _frame = default;
        base.Dispose(disposing);
    }

    private async ValueTask<bool> NextAsync(CancellationToken cancellationToken)
    {
        var length = await FillAsync(_buffer.AsMemory(_reserved, ChunkLength), cancellationToken);
        if (length == 0 && _started)
            return false;

        // Written in front of the bytes when their number is known, so that they need not be moved.
        var front = Front(length);
        front.CopyTo(_buffer.AsSpan(_reserved - front.Length));
        _frame = _buffer.AsMemory(_reserved - front.Length, front.Length + length);
        _started = true;
        _opening = [];
        return true;
    }

    // A read that the token would end stays open in Kestrel, which then cannot take the rest of the body off the connection; one taken back is over.
    private async ValueTask<int> FillAsync(Memory<byte> room, CancellationToken cancellationToken)
    {
        await using var end = cancellationToken.UnsafeRegister(static reader => ((PipeReader)reader!).CancelPendingRead(), _bytes);
        var length = 0;
        while (true)
        {
            var read = await _bytes.ReadAsync(CancellationToken.None);
            var part = read.Buffer.Slice(0, Math.Min(read.Buffer.Length, room.Length - length));
            var last = read.IsCompleted && part.Length == read.Buffer.Length;
            part.CopyTo(room.Span[length..]);
            length += (int)part.Length;
            _bytes.AdvanceTo(part.End);
            cancellationToken.ThrowIfCancellationRequested();
            if (last || length == room.Length)
                return length;
        }
    }

    private byte[] Front(int length)
    {
        var body = HttpBodyFront(length);
        var around = _binding.BodyField is not { } field ? [] : Written(output =>
        {
            output.WriteTag(field.FieldNumber, WireFormat.WireType.LengthDelimited);
            output.WriteLength(body.Length + length);
        });
        var prefix = new byte[GrpcFrames.PrefixLength];
        GrpcFrames.WritePrefix(prefix, _opening.Length + around.Length + body.Length + length);
        return [.. prefix, .. _opening, .. around, .. body];
    }

    private byte[] HttpBodyFront(int length) => Written(output =>
    {
        if (!_started)
        {
            output.WriteTag(HttpBody.ContentTypeFieldNumber, WireFormat.WireType.LengthDelimited);
            output.WriteString(ContentType);
        }

        output.WriteTag(HttpBody.DataFieldNumber, WireFormat.WireType.LengthDelimited);
        output.WriteLength(length);
    });

    private static byte[] Written(Action<CodedOutputStream> write)
    {
        using var memory = new MemoryStream();
        using (var output = new CodedOutputStream(memory, leaveOpen: true))
            write(output);
        return memory.ToArray();
    }
}
