using Delegation.Persistence.Tenancy;
using Delegation.Reporting.Imports.Kinds;
using Delegation.Reporting.Rollups;

namespace Delegation.Reporting.Imports;

/// <summary>
/// Adds lines up to the cells of a rollup while they are read: in the database that takes a pass over all lines and a sort for each theme, more than all
/// else that is done with them. Parts of cells add up, so that what is in memory can go to the database at any time.
/// </summary>
/// <param name="kind">What is read.</param>
/// <param name="rollup">What its lines add up to.</param>
/// <param name="most">How many cells are in memory, of about a hundred bytes each.</param>
internal sealed class CellSums(ImportKind kind, Rollup rollup, int most)
{
    private readonly int _accounting = kind.PlaceOfColumn(rollup.AccountingDay);
    private readonly int _occurrence = kind.PlaceOfColumn(rollup.OccurrenceDay);
    private readonly int[] _columns = [.. rollup.CodeColumns.Select(kind.PlaceOfColumn)];
    private readonly int[] _sums = [.. rollup.Measures.Select(kind.PlaceOfColumn)];
    private readonly CodeNumbers[] _codes = [.. rollup.CodeColumns.Select(column => new CodeNumbers(kind.Fields[kind.PlaceOfColumn(column)]))];

    // The others follow from theirs, in the database.
    private readonly ThemeSums[] _themes =
        [.. rollup.Themes.Where(theme => theme.From is null).Select(theme => new ThemeSums(theme.Name, [.. theme.Codes.Select(column => rollup.CodeColumns.IndexOf(column))], rollup.Sums.Count))];

    // Of one line.
    private readonly int[] _numbers = new int[rollup.CodeColumns.Length];
    private readonly long[] _measures = new long[rollup.Sums.Count];

    /// <summary>Those of lines of a kind; null where nothing adds them up.</summary>
    public static CellSums? Of(ImportKind kind, int most) => Rollup.All.FirstOrDefault(rollup => rollup.Kind == kind.Name) is { } rollup ? new CellSums(kind, rollup, Math.Min(most, CellKey.MostNumbers / 2)) : null;

    /// <summary>Whether they have to be sent before there are more.</summary>
    public bool IsFull { get; private set; }

    /// <summary>Adds a line that is accepted.</summary>
    public void Add(ReadLine line)
    {
        for (var column = 0; column < _columns.Length; column++)
            _numbers[column] = _codes[column].Of(line[_columns[column]]);
        for (var place = 0; place < _sums.Length; place++)
            _measures[place] = line[_sums[place]].Number;
        _measures[^1] = 1;

        var (count, shared) = (0, CellKey.SharedOf(MonthNumbers.Of(line[_accounting].Number), MonthNumbers.Of(line[_occurrence].Number), _numbers));
        foreach (var theme in _themes)
        {
            theme.Add(shared, _numbers, _measures);
            count += theme.Count;
        }

        IsFull = count >= most;
    }

    /// <summary>Makes the table that they are sent to.</summary>
    public Task CreateTableAsync(TenantSession session, CancellationToken cancellationToken)
    {
        var codes = rollup.CodeColumns.Select(column => column == Fields.Individual.Column ? $"{column} boolean" : $"{column} text COLLATE \"C\"");
        return session.ExecuteAsync(
            $"""
            CREATE TEMPORARY TABLE incoming_cell (theme text COLLATE "C", accounting_month date, occurrence_month date, {string.Join(", ", codes.Concat(rollup.Sums.Select(sum => $"{sum} bigint")))})
            ON COMMIT DROP
            """,
            cancellationToken: cancellationToken);
    }

    /// <summary>
    /// Sends what takes most of the place, and forgets it: the theme with most cells, of which a cell may come again, and only where there are too many
    /// codes all of them, so that those with few cells stay as few.
    /// </summary>
    public async Task SendMostAsync(TenantSession session, CancellationToken cancellationToken)
    {
        if (_codes.Sum(codes => codes.Count) > most / 2)
            await SendAllAsync(session, cancellationToken);
        else
            await SendAsync(session, [_themes.MaxBy(theme => theme.Count)!], cancellationToken);
        IsFull = false;
    }

    /// <summary>Sends all that there is.</summary>
    public async Task SendAllAsync(TenantSession session, CancellationToken cancellationToken)
    {
        await SendAsync(session, _themes, cancellationToken);
        foreach (var codes in _codes)
            codes.Clear();
    }

    /// <summary>Makes them those of an import, with what it ended, after its lines.</summary>
    public Task ApplyAsync(TenantSession session, ImportRow import, long read, CancellationToken cancellationToken)
    {
        var told = import.AddedLines + import.ChangedLines;

        // Whichever are fewer are gone through: what was told or what was not.
        return told < read - told
            ? session.ApplyRollupAsync(import.Delegation, rollup, import.Number!.Value, cancellationToken)
            : session.ApplyRollupAsync(import.Delegation, rollup, import.Number!.Value, read - told, cancellationToken);
    }

    private async Task SendAsync(TenantSession session, ThemeSums[] themes, CancellationToken cancellationToken)
    {
        await using var copy = await session.CopyAsync($"COPY incoming_cell ({string.Join(", ", [.. rollup.Keys, .. rollup.Sums])}) FROM STDIN (FORMAT BINARY)", cancellationToken);
        var rows = new CopyRows(copy);
        rows.Start();
        foreach (var theme in themes)
        {
            await theme.WriteAsync(rows, _codes, cancellationToken);
            theme.Clear();
        }

        await rows.EndAsync(cancellationToken);
        await copy.CompleteAsync(cancellationToken);
    }
}
