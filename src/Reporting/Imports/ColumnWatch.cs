namespace Delegation.Reporting.Imports;

/// <summary>Looks at the values of each column of a file, whatever the mapping says of it, and tells in the end which of them are about people.</summary>
internal sealed class ColumnWatch(int columns)
{
    private static readonly int Kinds = Enum.GetValues<PersonalKind>().Length;

    private readonly long[] _values = new long[columns];
    private readonly long[,] _certain = new long[columns, Kinds];
    private readonly long[,] _likely = new long[columns, Kinds];

    /// <summary>Looks at the cells of one line.</summary>
    public void Look(string[] cells)
    {
        for (var column = 0; column < Math.Min(cells.Length, columns); column++)
        {
            if (cells[column].Length == 0)
                continue;

            _values[column]++;
            if (PersonalData.OfValue(cells[column]) is { } found)
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
}
