using System.Runtime.InteropServices;
using System.Text;

namespace Delegation.Reporting.Imports;

/// <summary>The cells of one theme in memory: what is added up for each combination of months and codes.</summary>
/// <param name="name">The theme's.</param>
/// <param name="columns">Which of the columns of codes tell its cells apart, after the first two, which do for all themes.</param>
/// <param name="length">How many sums a cell has.</param>
internal sealed class ThemeSums(string name, int[] columns, int length)
{
    private const int CellsPerBlock = 1024;

    private readonly byte[] _name = Encoding.UTF8.GetBytes(name);
    private readonly Dictionary<CellKey, int> _places = [];
    private readonly List<long[]> _blocks = [];
    private CellKey _lastKey;
    private int _lastPlace = -1;

    /// <summary>How many cells there are.</summary>
    public int Count => _places.Count;

    /// <summary>Adds a line.</summary>
    /// <param name="shared">What all themes have of it.</param>
    /// <param name="numbers">Of all columns.</param>
    /// <param name="measures">What is added.</param>
    public void Add(ulong shared, ReadOnlySpan<int> numbers, ReadOnlySpan<long> measures)
    {
        var key = new CellKey(shared, CellKey.CodesOf(columns, numbers));
        if (key != _lastKey || _lastPlace < 0)
            (_lastKey, _lastPlace) = (key, PlaceOf(key));

        var sums = SumsAt(_lastPlace);
        measures = measures[..sums.Length];
        for (var place = 0; place < sums.Length; place++)
            sums[place] += measures[place];
    }

    /// <summary>Writes all cells as rows: theme, months, a value for each column of codes, sums.</summary>
    /// <param name="rows">Get them.</param>
    /// <param name="codes">What the numbers stand for.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task WriteAsync(CopyRows rows, IReadOnlyList<CodeNumbers> codes, CancellationToken cancellationToken)
    {
        foreach (var (key, place) in _places)
        {
            Write(rows, codes, key, place);
            await rows.FlushAsync(cancellationToken);
        }
    }

    /// <summary>Makes place for others.</summary>
    public void Clear()
    {
        _places.Clear();
        _lastPlace = -1;
        foreach (var block in _blocks)
            Array.Clear(block);
    }

    private void Write(CopyRows rows, IReadOnlyList<CodeNumbers> codes, CellKey key, int place)
    {
        Span<int> numbers = stackalloc int[codes.Count];
        numbers.Fill(-1);
        key.Read(columns, numbers);
        rows.StartRow(3 + codes.Count + length);
        rows.Text(_name);
        rows.Day(MonthNumbers.FirstDay(key.AccountingMonth));
        rows.Day(MonthNumbers.FirstDay(key.OccurrenceMonth));
        for (var column = 0; column < codes.Count; column++)
            codes[column].Write(rows, numbers[column]);
        foreach (var sum in SumsAt(place))
            rows.Bigint(sum);
    }

    private int PlaceOf(CellKey key)
    {
        ref var place = ref CollectionsMarshal.GetValueRefOrAddDefault(_places, key, out var isKnown);
        if (isKnown)
            return place;

        place = _places.Count - 1;
        if (place == _blocks.Count * CellsPerBlock)
            _blocks.Add(new long[CellsPerBlock * length]);
        return place;
    }

    private Span<long> SumsAt(int place) => _blocks[place / CellsPerBlock].AsSpan(place % CellsPerBlock * length, length);
}
