using Google.Api;
using Google.Protobuf;
using Grpc.Core;

namespace Delegation.Contracts.Reversibility;

/// <summary>
/// A stream that sends what is written to it as the answer of a call. What is written without waiting, such as the headers of an archive, goes with the next
/// part.
/// </summary>
internal sealed class AnswerStream(IServerStreamWriter<HttpBody> answers, string contentType, CancellationToken cancellation) : Stream
{
    private const int PartLength = 256 * 1024;

    private readonly MemoryStream _part = new(PartLength * 2);
    private string _type = contentType;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override void Write(byte[] buffer, int offset, int count) => _part.Write(buffer, offset, count);

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        _part.Write(buffer.Span);
        if (_part.Length >= PartLength)
            await SendAsync();
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <summary>Sends what is left.</summary>
    public async Task SendAsync()
    {
        await answers.WriteAsync(new HttpBody { ContentType = _type, Data = ByteString.CopyFrom(_part.GetBuffer().AsSpan(0, (int)_part.Length)) }, cancellation);
        _type = "";
        _part.SetLength(0);
    }

    public override void Flush()
    {
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
