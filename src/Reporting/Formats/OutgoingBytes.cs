using System.Buffers;

namespace Delegation.Reporting.Formats;

/// <summary>A stream that is written to, and from which the bytes are taken away as they come: files are made in constant memory.</summary>
internal sealed class OutgoingBytes : Stream
{
    private readonly ArrayBufferWriter<byte> _waiting = new();
    private long _taken;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => _taken + _waiting.WrittenCount;

    public override long Position
    {
        get => Length;
        set => throw new NotSupportedException();
    }

    /// <summary>How many bytes wait to be taken.</summary>
    public long Waiting => _waiting.WrittenCount;

    /// <summary>The bytes that came since the last time.</summary>
    public byte[] Take()
    {
        var bytes = _waiting.WrittenSpan.ToArray();
        _taken += bytes.Length;
        _waiting.ResetWrittenCount();
        return bytes;
    }

    public override void Flush()
    {
    }

    public override void Write(byte[] buffer, int offset, int count) => _waiting.Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer) => _waiting.Write(buffer);

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
