using Google.Api;
using Google.Protobuf;
using Grpc.Core;

namespace Delegation.Contracts.Audits.Pack;

/// <summary>A stream into the messages of an answer. The last part goes out when it is finished, and so only after what has to happen before.</summary>
internal sealed class AnswerStream(IServerStreamWriter<HttpBody> answers, string contentType) : Stream
{
    private const int Part = 256 * 1024;

    private readonly MemoryStream _waiting = new();
    private string _contentType = contentType;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(byte[] buffer, int offset, int count) => _waiting.Write(buffer, offset, count);

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        _waiting.Write(buffer.Span);
        if (_waiting.Length >= Part)
            await FinishAsync(cancellationToken);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <summary>Sends what waits.</summary>
    public async Task FinishAsync(CancellationToken cancellationToken)
    {
        if (_waiting.Length == 0)
            return;

        await answers.WriteAsync(new HttpBody { ContentType = _contentType, Data = ByteString.CopyFrom(_waiting.GetBuffer().AsSpan(0, (int)_waiting.Length)) }, cancellationToken);
        _contentType = "";
        _waiting.SetLength(0);
    }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
