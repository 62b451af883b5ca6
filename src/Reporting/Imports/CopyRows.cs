using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Delegation.Persistence.Tenancy;

namespace Delegation.Reporting.Imports;

/// <summary>
/// Writes rows as COPY reads them in binary (https://www.postgresql.org/docs/15/sql-copy.html#id-1.9.3.55.9.4), many at a time: no object and no
/// call per cell, of which a file has hundreds of millions.
/// </summary>
internal sealed class CopyRows(RawCopy copy)
{
    private const int PartLength = 256 * 1024;
    private const int TextType = 25;

    // Days and microseconds since the first of January of 2000.
    private static readonly long Epoch = new DateOnly(2000, 1, 1).DayNumber;
    private static readonly long EpochTicks = new DateTime(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;

    private readonly ArrayBufferWriter<byte> _part = new(PartLength + (64 * 1024));

    public void Start()
    {
        _part.Write("PGCOPY"u8);
        _part.Write((ReadOnlySpan<byte>)[0x0A, 0xFF, 0x0D, 0x0A, 0]);
        Int32(0);
        Int32(0);
    }

    public void StartRow(int columns) => Int16((short)columns);

    public void Null() => Int32(-1);

    public void Text(ReadOnlySpan<byte> text)
    {
        Int32(text.Length);
        _part.Write(text);
    }

    public void Texts(IReadOnlyCollection<string>? texts)
    {
        if (texts is null)
        {
            Null();
            return;
        }

        Int32(20 + texts.Sum(text => 4 + Encoding.UTF8.GetByteCount(text)));
        Int32(1);
        Int32(0);
        Int32(TextType);
        Int32(texts.Count);
        Int32(1);
        foreach (var text in texts)
            Text(Encoding.UTF8.GetBytes(text));
    }

    public void Id(Guid id)
    {
        Int32(16);
        id.TryWriteBytes(_part.GetSpan(16), bigEndian: true, out var length);
        _part.Advance(length);
    }

    public void Bigint(long number)
    {
        Int32(8);
        BinaryPrimitives.WriteInt64BigEndian(_part.GetSpan(8), number);
        _part.Advance(8);
    }

    public void Integer(int number)
    {
        Int32(4);
        Int32(number);
    }

    public void Double(double number)
    {
        Int32(8);
        BinaryPrimitives.WriteDoubleBigEndian(_part.GetSpan(8), number);
        _part.Advance(8);
    }

    public void Boolean(bool value)
    {
        Int32(1);
        _part.GetSpan(1)[0] = value ? (byte)1 : (byte)0;
        _part.Advance(1);
    }

    public void Day(long dayNumber) => Integer((int)(dayNumber - Epoch));

    public void Time(long ticks) => Bigint((ticks - EpochTicks) / TimeSpan.TicksPerMicrosecond);

    /// <summary>Sends what there is, if it is enough.</summary>
    public ValueTask FlushAsync(CancellationToken cancellationToken) => _part.WrittenCount < PartLength ? ValueTask.CompletedTask : SendAsync(cancellationToken);

    /// <summary>Sends the rest, with the end of all rows.</summary>
    public ValueTask EndAsync(CancellationToken cancellationToken)
    {
        Int16(-1);
        return SendAsync(cancellationToken);
    }

    private async ValueTask SendAsync(CancellationToken cancellationToken)
    {
        await copy.WriteAsync(_part.WrittenMemory, cancellationToken);
        _part.ResetWrittenCount();
    }

    private void Int32(int number)
    {
        BinaryPrimitives.WriteInt32BigEndian(_part.GetSpan(4), number);
        _part.Advance(4);
    }

    private void Int16(short number)
    {
        BinaryPrimitives.WriteInt16BigEndian(_part.GetSpan(2), number);
        _part.Advance(2);
    }
}
