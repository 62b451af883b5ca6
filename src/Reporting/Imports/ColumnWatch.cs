namespace Delegation.Reporting.Imports;

/// <summary>Looks at the values of each column of a file, whatever the mapping says of it, and tells in the end which of them are about people.</summary>
internal sealed class ColumnWatch(int columns)
{
    private const int Shortest = 5;
    private const int LongestKept = 32;

    private static readonly int Kinds = Enum.GetValues<PersonalKind>().Length;

    private readonly long[] _values = new long[columns];
    private readonly long[,] _certain = new long[columns, Kinds];
    private readonly long[,] _likely = new long[columns, Kinds];

    // What each column had last and what that was: most columns say the same again and again.
    private readonly byte[,] _last = new byte[columns, LongestKept];
    private readonly (int Length, (PersonalKind Kind, bool Certain)? Found)[] _known = new (int, (PersonalKind, bool)?)[columns];

    /// <summary>Looks at the cells of one line.</summary>
    public void Look(CsvReader record)
    {
        for (var column = 0; column < Math.Min(record.Count, columns); column++)
        {
            var cell = record[column];
            if (cell.IsEmpty)
                continue;

            _values[column]++;
            if (cell.Length >= Shortest && !IsPlainNumberOrDay(cell) && Found(column, cell) is { } found)
                (found.Certain ? _certain : _likely)[column, (int)found.Kind]++;
        }
    }

    /// <summary>
    /// What a column is about, if it is about people: by values that are certain where one in twenty is so, which is ten times what chance
    /// makes of numbers; by others where one in two is so.
    /// </summary>
    public PersonalKind? Found(int column)
    {
        for (var kind = 0; kind < Kinds; kind++)
            if ((_certain[column, kind] > 0 && _certain[column, kind] * 20 >= _values[column])
                || ((_certain[column, kind] + _likely[column, kind]) * 2 >= _values[column] && _certain[column, kind] + _likely[column, kind] > 0))
                return (PersonalKind)kind;

        return null;
    }

    // Days and amounts have fewer than ten digits and nothing but what stands between them.
    private static bool IsPlainNumberOrDay(ReadOnlySpan<byte> cell) => cell.Length <= 10 && !cell.ContainsAnyExceptInRange((byte)'+', (byte)'9') && cell.ContainsAny("-./,"u8);

    private (PersonalKind Kind, bool Certain)? Found(int column, ReadOnlySpan<byte> cell)
    {
        if (cell.Length > LongestKept)
            return PersonalData.OfValue(cell);

        var last = System.Runtime.InteropServices.MemoryMarshal.CreateSpan(ref _last[column, 0], LongestKept);
        ref var known = ref _known[column];
        if (known.Length == cell.Length && last[..cell.Length].SequenceEqual(cell))
            return known.Found;

        cell.CopyTo(last);
        known = (cell.Length, PersonalData.OfValue(cell));
        return known.Found;
    }
}
