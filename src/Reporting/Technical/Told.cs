namespace Delegation.Reporting.Technical;

/// <summary>What imports of one kind tell of a selection.</summary>
/// <param name="Rows">The sums of each key, and of all together.</param>
/// <param name="Breakdown">The dimensions by which they are told apart: all, or fewer of the selection's.</param>
/// <param name="IsWhole">Whether every line of the selection has sums of its own.</param>
internal sealed record Told<T>(IReadOnlyList<T> Rows, IReadOnlyList<Dimension> Breakdown, bool IsWhole)
    where T : Sums, new()
{
    private readonly Dictionary<string, T> _byKey = Rows.Where(row => !row.IsTotal).ToDictionary(row => LineKey.Of(row.Key));

    public T Total { get; } = Rows.SingleOrDefault(row => row.IsTotal) ?? new T();

    /// <summary>The keys of lines.</summary>
    public IEnumerable<string[]> Keys => IsWhole ? Rows.Where(row => !row.IsTotal).Select(row => row.Key) : [];

    /// <summary>The sums that a line is told by: its own, or those of fewer dimensions; zeros where nothing is told of it.</summary>
    public T Of(IReadOnlyList<string> key, IReadOnlyList<Dimension> selected) => Breakdown.Count == 0
        ? Total
        : _byKey.GetValueOrDefault(LineKey.Of(Enumerable.Range(0, key.Count).Where(i => Breakdown.Contains(selected[i])).Select(i => key[i]))) ?? new T();

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
