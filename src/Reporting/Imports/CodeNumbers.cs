using Delegation.Reporting.Imports.Kinds;

namespace Delegation.Reporting.Imports;

/// <summary>Short names for what a column has: numbers from 0 on, for texts in the order in which they were met.</summary>
/// <param name="field">The column's.</param>
internal sealed class CodeNumbers(ImportField field)
{
    private readonly Dictionary<byte[], int> _numbers = new(BytesComparer.Instance);
    private readonly List<byte[]> _texts = [];
    private int _last = -1;

    /// <summary>How many texts there are.</summary>
    public int Count => _texts.Count;

    /// <summary>The number of what a line has.</summary>
    public int Of(in ReadLine.Value value) => field.Type == FieldType.YesNo ? (int)value.Number : Of(value.Text!.Value.Span);

    /// <summary>Writes what a number stands for; -1 is for nothing.</summary>
    public void Write(CopyRows rows, int number)
    {
        if (number < 0)
            rows.Null();
        else if (field.Type == FieldType.YesNo)
            rows.Boolean(number != 0);
        else
            rows.Text(_texts[number]);
    }

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        _numbers.Clear();
        _texts.Clear();
        _last = -1;
    }

    // Most lines have the text of the line before.
    private int Of(ReadOnlySpan<byte> text)
    {
        if (_last >= 0 && text.SequenceEqual(_texts[_last]))
            return _last;

        if (!_numbers.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(text, out _last))
        {
            _last = _texts.Count;
            _texts.Add(text.ToArray());
            _numbers.Add(_texts[_last], _last);
        }

        return _last;
    }
}
