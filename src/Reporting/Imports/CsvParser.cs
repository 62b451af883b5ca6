using System.Buffers;
using System.Text;

namespace Delegation.Reporting.Imports;

/// <summary>
/// Takes a CSV text apart while it comes, in pieces of any length: https://www.rfc-editor.org/rfc/rfc4180. At most one record is in memory,
/// and a record has a bound, so that a quote which nobody closes does not swallow the file.
/// </summary>
/// <param name="separator">Between cells.</param>
internal sealed class CsvParser(char separator)
{
    /// <summary>The longest record, in characters.</summary>
    public const int LongestRecord = 65536;

    private readonly SearchValues<char> _startMeans = SearchValues.Create([separator, '"', '\r', '\n']);
    private readonly List<string> _cells = [];
    private readonly StringBuilder _cell = new();
    private long _line = 1;
    private long _start = 1;
    private int _length;
    private At _at;
    private bool _afterReturn;
    private bool _malformed;

    private enum At
    {
        CellStart,
        Plain,
        Quoted,
        QuoteInQuoted,
    }

    /// <summary>The line on which a record starts that is too long, or whose quote is never closed; null as long as all is well.</summary>
    public long? BrokenLine { get; private set; }

    /// <summary>Adds the records that end in a piece of the text.</summary>
    public void Push(ReadOnlySpan<char> text, List<CsvRecord> records)
    {
        while (!text.IsEmpty && BrokenLine is null)
        {
            var plain = PlainLength(text);
            if (plain > 0)
            {
                _cell.Append(text[..plain]);
                _afterReturn = false;
                _at = _at == At.CellStart ? At.Plain : _at;
                Count(plain);
                text = text[plain..];
                continue;
            }

            Take(text[0], records);
            Count(1);
            text = text[1..];
        }
    }

    /// <summary>The text is over: adds the last record, if it has no line end.</summary>
    public void End(List<CsvRecord> records)
    {
        if (_at == At.Quoted)
            BrokenLine ??= _start;
        if (BrokenLine is null && (_at != At.CellStart || _cells.Count > 0))
            EndRecord(records);
    }

    // What goes into the cell as it is, up to the next character that means something.
    private int PlainLength(ReadOnlySpan<char> text)
    {
        var next = _at switch
        {
            At.CellStart => text.IndexOfAny(_startMeans),
            At.Plain => text.IndexOfAny(separator, '\r', '\n'),
            At.Quoted => text.IndexOfAny('"', '\n'),
            _ => 0,
        };
        return next < 0 ? text.Length : next;
    }

    private void Take(char character, List<CsvRecord> records)
    {
        var afterReturn = _afterReturn;
        _afterReturn = false;
        switch (_at)
        {
            case At.CellStart when character == '"' && _cell.Length == 0:
                _at = At.Quoted;
                break;
            case At.Quoted when character == '"':
                _at = At.QuoteInQuoted;
                break;
            case At.Quoted:
                _line++;
                _cell.Append(character);
                break;
            case At.QuoteInQuoted when character == '"':
                _cell.Append('"');
                _at = At.Quoted;
                break;
            case var _ when character == separator:
                EndCell();
                break;
            case var _ when character == '\r':
                _afterReturn = true;
                EndLine(records);
                break;
            case At.CellStart when character == '\n' && afterReturn && _cells.Count == 0:
                // The second half of a line end that was taken already.
                _start = _line;
                break;
            case var _ when character == '\n':
                EndLine(records);
                break;
            default:
                // Behind a closing quote: the rest goes into the cell, and the record is told apart.
                _malformed |= _at == At.QuoteInQuoted;
                _cell.Append(character);
                _at = At.Plain;
                break;
        }
    }

    private void EndLine(List<CsvRecord> records)
    {
        _line++;
        EndRecord(records);
    }

    private void EndRecord(List<CsvRecord> records)
    {
        EndCell();
        records.Add(new CsvRecord(_start, [.. _cells], _malformed));
        _cells.Clear();
        (_start, _length, _malformed) = (_line, 0, false);
    }

    private void EndCell()
    {
        _cells.Add(_cell.ToString());
        _cell.Clear();
        _at = At.CellStart;
    }

    private void Count(int characters)
    {
        if ((_length += characters) > LongestRecord)
            BrokenLine ??= _start;
    }
}
