using Delegation.Persistence.Tenancy;

namespace Delegation.Reporting.Restitution;

/// <summary>Which lines of a delegation.</summary>
/// <param name="Delegation">The delegation.</param>
/// <param name="FromDay">Null from the first on.</param>
/// <param name="ToDay">Null to the last.</param>
/// <param name="AsOf">As they were known at this instant.</param>
internal sealed record DataSelection(KnownDelegation Delegation, DateOnly? FromDay, DateOnly? ToDay, DateTime AsOf);

/// <summary>The last import of a kind that counted; null values without any.</summary>
internal sealed record LastImport(Guid? ImportId, int? Number);

/// <summary>A line as text, in the order of the columns.</summary>
internal sealed record DataLine
{
    public required string Reference { get; init; }

    public required int Version { get; init; }

    public required string?[] Cells { get; init; }
}

/// <summary>Lines of imports in the database, page after page by their references, under the policies of the caller.</summary>
internal static class DataStore
{
    /// <summary>How many lines are read at once.</summary>
    public const int LinesPerPage = 2_000;

    /// <summary>The last import of a kind that counted at the instant: its number is what lines are compared with.</summary>
    public static async Task<LastImport> LastImportAsync(this TenantSession session, DataFile file, DataSelection selection, CancellationToken cancellationToken) =>
        await session.FindAsync<LastImport>(
            """
            SELECT import_id AS importid, number
            FROM import
            WHERE owner_id = @OwnerId AND delegation_id = @DelegationId AND kind = @Kind AND state = 'applied' AND apply_time <= @AsOf
            ORDER BY apply_time DESC, import_id DESC
            LIMIT 1
            """,
            new { selection.Delegation.OwnerId, selection.Delegation.DelegationId, file.Kind, selection.AsOf },
            cancellationToken) ?? new LastImport(null, null);

    /// <summary>How many lines there are and the totals of the columns that have one, as the database counts them.</summary>
    public static async Task<long[]> CountAsync(this TenantSession session, DataFile file, DataSelection selection, LastImport last, CancellationToken cancellationToken)
    {
        var sums = file.Columns.Where(column => column.IsSummed).Select(column => $", coalesce(sum({column.Name}), 0)::bigint");
        return (await session.FindAsync<long[]>(
            $"SELECT ARRAY[count(*){string.Concat(sums)}] FROM {file.Table} WHERE {Predicate(file)}", Parameters(selection, last, "", 0), cancellationToken))!;
    }

    /// <summary>The lines after a place, in the order of their references.</summary>
    public static Task<IReadOnlyList<DataLine>> PageAsync(
        this TenantSession session, DataFile file, DataSelection selection, LastImport last, DataLine? after, CancellationToken cancellationToken)
    {
        var version = file.IsByImport ? "end_number" : "version";
        var cells = file.Columns.Select(column => column.Name.EndsWith("_time", StringComparison.Ordinal)
            ? $"to_char({column.Name} AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')"
            : $"{column.Name}::text");
        return session.QueryAsync<DataLine>(
            $"""
            SELECT reference, {version} AS version, ARRAY[{string.Join(", ", cells)}] AS cells
            FROM {file.Table}
            WHERE {Predicate(file)} AND (reference, {version}) > (@Reference, @Version)
            ORDER BY reference, {version}
            LIMIT {LinesPerPage}
            """,
            Parameters(selection, last, after?.Reference ?? "", after?.Version ?? 0),
            cancellationToken);
    }

    private static string Predicate(DataFile file) =>
        $"""
        owner_id = @OwnerId AND delegation_id = @DelegationId AND (@FromDay::date IS NULL OR {file.Day} >= @FromDay) AND (@ToDay::date IS NULL OR {file.Day} <= @ToDay)
          AND {(file.IsByImport ? "import_number <= @Number AND end_number > @Number" : "NOT withdrawn AND record_time <= @AsOf AND (supersede_time IS NULL OR supersede_time > @AsOf)")}
        """;

    private static object Parameters(DataSelection selection, LastImport last, string reference, int version) => new
    {
        selection.Delegation.OwnerId,
        selection.Delegation.DelegationId,
        selection.FromDay,
        selection.ToDay,
        selection.AsOf,
        Number = last.Number ?? 0,
        Reference = reference,
        Version = version,
    };
}
