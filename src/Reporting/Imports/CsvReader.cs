using System.Numerics;
using System.Runtime.Intrinsics;

namespace Delegation.Reporting.Imports;

/// <summary>
/// Takes a CSV text in UTF-8 apart while it comes, in pieces of any length: https://www.rfc-editor.org/rfc/rfc4180. One record is in memory, and
/// none of its cells becomes a string: there are hundreds of millions of them. A record has a bound, so that a quote which nobody closes does
/// not swallow the file.
/// </summary>
/// <param name="text">In UTF-8.</param>
/// <param name="separator">Between cells.</param>
internal sealed class CsvReader(Stream text, char separator)
{
    /// <summary>The longest record, in bytes.</summary>
    public const int LongestRecord = 65536;

    private const int BufferLength = 4 * LongestRecord;

    // As many bytes more as are looked at at once.
    private readonly byte[] _buffer = new byte[BufferLength + Vector256<byte>.Count];
    private readonly List<Cell> _cells = [];
    private int _next;
    private int _end;

    // Where cells end among the bytes that are looked at at once, a bit for each: cells are short, and a search for each costs more than its bytes.
    private uint _ends;
    private int _endsFrom = -1;
    private bool _isOver;
    private bool _isStarted;
    private bool _afterReturn;
    private long _nextLine = 1;

    /// <summary>The line on which the record starts, the first being 1.</summary>
    public long Line { get; private set; }

    /// <summary>How many cells it has.</summary>
    public int Count => _cells.Count;

    /// <summary>Something follows a closing quote that is no separator.</summary>
    public bool QuotesMalformed { get; private set; }

    /// <summary>The line on which a record starts that is too long, or whose quote is never closed; null as long as all is well.</summary>
    public long? BrokenLine { get; private set; }

    /// <summary>An empty line, or one of nothing but separators, as spreadsheets leave them at the end.</summary>
    public bool IsBlank
    {
        get
        {
            for (var place = 0; place < _cells.Count; place++)
                if (!Blanks.AreAll(this[place]))
                    return false;
            return true;
        }
    }

    /// <summary>A cell without its quotes, until the next record is read.</summary>
    public ReadOnlySpan<byte> this[int cell] => _buffer.AsSpan(_cells[cell].Start, _cells[cell].Length);

    /// <summary>The same, to be kept until the next record is read.</summary>
    public ReadOnlyMemory<byte> Memory(int cell) => _buffer.AsMemory(_cells[cell].Start, _cells[cell].Length);

    /// <summary>All cells as texts.</summary>
    public string[] Texts() => [.. Enumerable.Range(0, Count).Select(place => System.Text.Encoding.UTF8.GetString(this[place]))];

    /// <summary>Reads the next record; false at the end, or where the file is broken.</summary>
    public async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        while (BrokenLine is null)
        {
            if (_isStarted && TryTake())
                return true;
            if (BrokenLine is not null)
                break;
            if (_isOver)
                return false;
            await FillAsync(cancellationToken);
        }

        return false;
    }

    private async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        _endsFrom = -1;
        _buffer.AsSpan(_next, _end - _next).CopyTo(_buffer);
        (_next, _end) = (0, _end - _next);
        var read = await text.ReadAsync(_buffer.AsMemory(_end, BufferLength - _end), cancellationToken);
        _isOver = read == 0;
        _end += read;
        if (!_isStarted && (_end >= 3 || _isOver))
        {
            _isStarted = true;
            _next = _buffer.AsSpan(0, _end).StartsWith(System.Text.Encoding.UTF8.Preamble) ? 3 : 0;
        }
    }

    // Takes the record at the beginning of what is there, if it is there whole.
    private bool TryTake()
    {
        var at = _next;
        if (_afterReturn && at < _end)
        {
            // The second half of a line end that was taken already.
            _afterReturn = false;
            if (_buffer[at] == '\n')
                at = _next = at + 1;
        }

        if (at == _end)
            return false;

        _cells.Clear();
        QuotesMalformed = false;
        var lines = 0;
        while (TryTakeCell(ref at, ref lines) is { } taken)
        {
            if (at - _next > LongestRecord)
                break;
            if (taken == CellEnd.Separator)
                continue;

            Line = _nextLine;
            _nextLine += lines + 1;
            _next = at;
            Unescape();
            return true;
        }

        if (_end - _next > LongestRecord || (_isOver && at == int.MaxValue))
            BrokenLine = _nextLine;
        return false;
    }

    private enum CellEnd
    {
        Separator,
        Line,
    }

    // Null when the cell is not there whole; its end is then somewhere after what came.
    private CellEnd? TryTakeCell(ref int at, ref int lines)
    {
        var (start, quotes) = (at, false);
        if (at < _end && _buffer[at] == '"')
        {
            if (ClosingQuote(at + 1, ref lines, ref quotes) is not { } close)
            {
                at = int.MaxValue;
                return null;
            }

            var rest = Length(close + 1);
            if (rest is not { } more)
                return null;
            QuotesMalformed |= more > 0;
            // What follows a closing quote goes into the cell.
            _cells.Add(new Cell(start + 1, close - start - 1, quotes, close + 1, more));
            at = close + 1 + more;
        }
        else if (Length(at) is { } length)
        {
            _cells.Add(new Cell(at, length, false, 0, 0));
            at += length;
        }
        else
        {
            return null;
        }

        if (at == _end)
            return CellEnd.Line;
        var end = _buffer[at++];
        _afterReturn = end == '\r';
        return end == separator ? CellEnd.Separator : CellEnd.Line;
    }

    // How much there is before the next separator or line end; null when that is not there yet.
    private int? Length(int from)
    {
        for (var at = from; at < _end; at = _endsFrom + Vector256<byte>.Count)
        {
            var block = at & ~(Vector256<byte>.Count - 1);
            if (block != _endsFrom)
                (_endsFrom, _ends) = (block, EndsAt(block));
            if ((_ends >> (at - block)) is > 0 and var ends)
                return at + BitOperations.TrailingZeroCount(ends) is var end && end < _end ? end - from : _isOver ? _end - from : null;
        }

        return _isOver ? _end - from : null;
    }

    private uint EndsAt(int block)
    {
        var bytes = Vector256.Create<byte>(_buffer.AsSpan(block, Vector256<byte>.Count));
        return (Vector256.Equals(bytes, Vector256.Create((byte)separator)) | Vector256.Equals(bytes, Vector256.Create((byte)'\n')) | Vector256.Equals(bytes, Vector256.Create((byte)'\r')))
            .ExtractMostSignificantBits();
    }

    private int? ClosingQuote(int from, ref int lines, ref bool quotes)
    {
        while (true)
        {
            var next = _buffer.AsSpan(from, _end - from).IndexOfAny((byte)'"', (byte)'\n');
            if (next < 0)
                return null;
            from += next;
            if (_buffer[from] == '\n')
                lines++;
            else if (from + 1 < _end && _buffer[from + 1] == '"')
                (quotes, from) = (true, from + 1);
            else
                return from + 1 < _end || _isOver ? from : null;
            from++;
        }
    }

    // Once the record is whole: doubled quotes become one, and what follows a closing quote joins the cell.
    private void Unescape()
    {
        for (var place = 0; place < _cells.Count; place++)
        {
            var cell = _cells[place];
            if (!cell.HasQuotes && cell.MoreLength == 0)
                continue;

            var to = cell.Start;
            for (var from = cell.Start; from < cell.Start + cell.Length; from++)
            {
                _buffer[to++] = _buffer[from];
                if (_buffer[from] == '"')
                    from++;
            }

            _buffer.AsSpan(cell.More, cell.MoreLength).CopyTo(_buffer.AsSpan(to));
            _cells[place] = new Cell(cell.Start, to - cell.Start + cell.MoreLength, false, 0, 0);
        }
    }

    private readonly record struct Cell(int Start, int Length, bool HasQuotes, int More, int MoreLength);
}
