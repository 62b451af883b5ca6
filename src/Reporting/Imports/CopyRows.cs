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

    private byte[] _part = new byte[PartLength + (64 * 1024)];
    private int _length;

    public void Start()
    {
        Bytes("PGCOPY"u8);
        Bytes([0x0A, 0xFF, 0x0D, 0x0A, 0]);
        Int32(0);
        Int32(0);
    }

    public void StartRow(int columns) => Int16((short)columns);

    public void Null() => Int32(-1);

    public void Text(ReadOnlySpan<byte> text)
    {
        Int32(text.Length);
        Bytes(text);
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
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        Bytes(bytes);
    }

    public void Bigint(long number)
    {
        var to = Next(sizeof(int) + sizeof(long));
        BinaryPrimitives.WriteInt32BigEndian(to, sizeof(long));
        BinaryPrimitives.WriteInt64BigEndian(to[sizeof(int)..], number);
    }

    public void Integer(int number)
    {
        var to = Next(sizeof(int) + sizeof(int));
        BinaryPrimitives.WriteInt32BigEndian(to, sizeof(int));
        BinaryPrimitives.WriteInt32BigEndian(to[sizeof(int)..], number);
    }

    public void Double(double number) => Bigint(BitConverter.DoubleToInt64Bits(number));

    public void Boolean(bool value)
    {
        var to = Next(sizeof(int) + 1);
        BinaryPrimitives.WriteInt32BigEndian(to, 1);
        to[sizeof(int)] = value ? (byte)1 : (byte)0;
    }

    public void Day(long dayNumber) => Integer((int)(dayNumber - Epoch));

    public void Time(long ticks) => Bigint((ticks - EpochTicks) / TimeSpan.TicksPerMicrosecond);

    /// <summary>Sends what there is, if it is enough.</summary>
    public ValueTask FlushAsync(CancellationToken cancellationToken) => _length < PartLength ? ValueTask.CompletedTask : SendAsync(cancellationToken);

    /// <summary>Sends the rest, with the end of all rows.</summary>
    public ValueTask EndAsync(CancellationToken cancellationToken)
    {
        Int16(-1);
        return SendAsync(cancellationToken);
    }

    private async ValueTask SendAsync(CancellationToken cancellationToken)
    {
        await copy.WriteAsync(_part.AsMemory(0, _length), cancellationToken);
        _length = 0;
    }

    private void Int32(int number) => BinaryPrimitives.WriteInt32BigEndian(Next(sizeof(int)), number);

    private void Int16(short number) => BinaryPrimitives.WriteInt16BigEndian(Next(sizeof(short)), number);

    private void Bytes(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Next(bytes.Length));

    // A row is far shorter than what is kept free; a rejected one need not be.
    private Span<byte> Next(int length)
    {
        if (_length + length > _part.Length)
            Array.Resize(ref _part, (_length + length) * 2);
        _length += length;
        return _part.AsSpan(_length - length, length);
    }
}
