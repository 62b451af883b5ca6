namespace Delegation.Reporting.Imports;

/// <summary>What tells the cells of a theme apart, in two words: they are compared and looked up for each line and theme.</summary>
/// <param name="Shared">Both months, and the numbers of the two columns that all themes have.</param>
/// <param name="Codes">The numbers of the theme's own columns, three at most.</param>
internal readonly record struct CellKey(ulong Shared, ulong Codes)
{
    /// <summary>How many columns all themes have.</summary>
    public const int SharedColumns = 2;

    /// <summary>Numbers of codes are below this.</summary>
    public const int MostNumbers = 1 << NumberBits;

    private const int MonthBits = 12;
    private const int NumberBits = 20;

    /// <summary>What all themes have of a line.</summary>
    public static ulong SharedOf(int accountingMonth, int occurrenceMonth, ReadOnlySpan<int> numbers) =>
        (((((ulong)accountingMonth << MonthBits) | (uint)occurrenceMonth) << NumberBits | (uint)numbers[0]) << NumberBits) | (uint)numbers[1];

    /// <summary>What a theme adds to it.</summary>
    public static ulong CodesOf(ReadOnlySpan<int> columns, ReadOnlySpan<int> numbers)
    {
        var codes = 0UL;
        foreach (var column in columns)
            codes = (codes << NumberBits) | (uint)numbers[column];
        return codes;
    }

    /// <summary>The month of the books.</summary>
    public int AccountingMonth => (int)(Shared >> (MonthBits + (2 * NumberBits)));

    /// <summary>The month of care or cover.</summary>
    public int OccurrenceMonth => (int)(Shared >> (2 * NumberBits)) & ((1 << MonthBits) - 1);

    /// <summary>The numbers, in their places.</summary>
    public void Read(ReadOnlySpan<int> columns, Span<int> numbers)
    {
        (numbers[0], numbers[1]) = (Number(Shared >> NumberBits), Number(Shared));
        for (var place = 0; place < columns.Length; place++)
            numbers[columns[place]] = Number(Codes >> ((columns.Length - 1 - place) * NumberBits));
    }

    // Multiplied by odd numbers, so that each bit reaches the upper half.
    public override int GetHashCode() => (int)(((Shared * 0x9E3779B97F4A7C15) ^ ((Codes + Shared) * 0xC2B2AE3D27D4EB4F)) >> 32);

    private static int Number(ulong word) => (int)word & (MostNumbers - 1);
}
