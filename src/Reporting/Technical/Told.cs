namespace Delegation.Reporting.Technical;

/// <summary>What imports of one kind tell of a selection.</summary>
/// <param name="Rows">The sums of each key, and of all together.</param>
/// <param name="Breakdown">The dimensions by which they are told apart: all, or fewer of the selection's.</param>
/// <param name="IsWhole">Whether every line of the selection has sums of its own.</param>
internal sealed record Told<T>(IReadOnlyList<T> Rows, IReadOnlyList<Dimension> Breakdown, bool IsWhole)
    where T : Sums, new()
{
    private readonly Dictionary<string, T> _byKey = Rows.Where(row => !row.IsTotal).ToDictionary(row => LineKey.Of(row.Key), StringComparer.Ordinal);

    public T Total { get; } = Rows.SingleOrDefault(row => row.IsTotal) ?? new T();

    /// <summary>The keys of lines, and their codes.</summary>
    public IEnumerable<(string Key, string[] Codes)> Keys => IsWhole ? _byKey.Select(line => (line.Key, line.Value.Key)) : [];

    /// <summary>The sums that a line is told by: its own, or those of fewer dimensions; zeros where nothing is told of it.</summary>
    public T Of(string key, string[] codes, IReadOnlyList<Dimension> selected) => Breakdown.Count == 0
        ? Total
        : _byKey.GetValueOrDefault(IsWhole ? key : LineKey.Of(codes.Where((_, i) => Breakdown.Contains(selected[i])))) ?? new T();

    /// <summary>Asks for all that a selection asks for, or else for the total alone; null when not even that is told apart.</summary>
    /// <param name="selected">What the lines are cut by.</param>
    /// <param name="asked">What is asked of these imports.</param>
    /// <param name="query">Asks.</param>
    public static async Task<(Told<T>? Lines, T? Total)> AskAsync(IReadOnlyList<Dimension> selected, Selection asked, Func<Selection, Task<IReadOnlyList<T>?>> query)
    {
        if (await query(asked) is { } rows)
        {
            var told = new Told<T>(rows, asked.Breakdown, asked.Breakdown.Count == selected.Count);
            return (told, told.Total);
        }

        return (null, (await query(asked with { Breakdown = [] }))?.SingleOrDefault());
    }
}
