using System.Runtime.InteropServices;
using System.Text;

namespace Delegation.Reporting.Imports;

/// <summary>The cells of one theme in memory: what is added up for each combination of months and codes.</summary>
/// <param name="name">The theme's.</param>
/// <param name="columns">Which of the columns of codes tell its cells apart.</param>
/// <param name="length">How many sums a cell has.</param>
internal sealed class ThemeSums(string name, int[] columns, int length)
{
    /// <summary>How many cells all themes may have together: so many codes have a place in a key, even if each cell has one of its own.</summary>
    public const int Most = 1 << NumberBits >> 1;

    // A key has both months and a number for each column, of which there are five at most: product, business, and three of the theme.
    private const int MonthBits = 12;
    private const int NumberBits = 20;
    private const int CellsPerBlock = 1024;

    private readonly byte[] _name = Encoding.UTF8.GetBytes(name);
    private readonly Dictionary<UInt128, int> _places = [];
    private readonly List<long[]> _blocks = [];
    private UInt128 _lastKey;
    private int _lastPlace = -1;

    /// <summary>How many cells there are.</summary>
    public int Count => _places.Count;

    /// <summary>Adds a line.</summary>
    public void Add(int accountingMonth, int occurrenceMonth, ReadOnlySpan<int> numbers, ReadOnlySpan<long> measures)
    {
        var key = ((UInt128)(uint)accountingMonth << MonthBits) | (uint)occurrenceMonth;
        foreach (var column in columns)
            key = (key << NumberBits) | (uint)numbers[column];
        if (key != _lastKey || _lastPlace < 0)
            (_lastKey, _lastPlace) = (key, PlaceOf(key));

        var sums = SumsAt(_lastPlace);
        for (var place = 0; place < sums.Length; place++)
            sums[place] = checked(sums[place] + measures[place]);
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

    private void Write(CopyRows rows, IReadOnlyList<CodeNumbers> codes, UInt128 key, int place)
    {
        Span<int> numbers = stackalloc int[codes.Count];
        numbers.Fill(-1);
        foreach (var column in columns.Reverse())
        {
            numbers[column] = (int)(key & ((1 << NumberBits) - 1));
            key >>= NumberBits;
        }

        rows.StartRow(3 + codes.Count + length);
        rows.Text(_name);
        rows.Day(Months.FirstDay((int)(key >> MonthBits)));
        rows.Day(Months.FirstDay((int)(key & ((1 << MonthBits) - 1))));
        for (var column = 0; column < codes.Count; column++)
            codes[column].Write(rows, numbers[column]);
        foreach (var sum in SumsAt(place))
            rows.Bigint(sum);
    }

    private int PlaceOf(UInt128 key)
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
