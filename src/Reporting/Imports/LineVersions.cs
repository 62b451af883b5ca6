using Delegation.Persistence.Tenancy;
using Delegation.Reporting.Imports.Kinds;

namespace Delegation.Reporting.Imports;

/// <summary>
/// Lines of a kind, apart from operations: a line that tells something new is added, and the one that it takes the place of ends. What was told just so
/// before stays as it is.
/// </summary>
internal static class LineVersions
{
    /// <summary>The end of lines that count.</summary>
    public const int NoEnd = int.MaxValue;

    public static async Task<Moved> TellLinesAsync(this TenantSession session, ImportRow import, ImportKind kind, CancellationToken cancellationToken)
    {
        var of = new
        {
            import.OwnerId, import.DelegationId, import.DelegateId, import.Number, NoEnd, kind.ReferenceField,
            firstDay = kind.FirstDay(import.Period), lastDay = import.PeriodEndDay,
        };
        await session.ExecuteAsync("CREATE TEMPORARY TABLE known (line integer NOT NULL, reference text COLLATE \"C\", same boolean NOT NULL, inside boolean NOT NULL) ON COMMIT DROP", cancellationToken: cancellationToken);
        await session.ExecuteAsync(FindKnown(kind), of, cancellationToken);
        await session.ExecuteAsync(import.Mode switch { ImportRow.Correct => RejectUnknown, ImportRow.Replace => RejectElsewhere, _ => RejectKnown }, of, cancellationToken);
        var changed = await session.FindAsync<long>(CountChanged, cancellationToken: cancellationToken);
        var ended = import.Mode switch
        {
            ImportRow.Correct => await session.ExecuteAsync(EndCorrected(kind), of, cancellationToken),
            ImportRow.Replace => await session.ExecuteAsync(EndReplaced(kind), of, cancellationToken),
            _ => 0,
        };
        var told = await session.ExecuteAsync(Insert(kind), of, cancellationToken);
        foreach (var check in kind.Checks)
            await session.ExecuteAsync(check, of, cancellationToken);
        return new Moved(told - changed, changed, ended - changed, 0, 0);
    }

    private static string FindKnown(ImportKind kind) =>
        $"""
        INSERT INTO known (line, reference, same, inside)
        SELECT i.line, t.reference, ({kind.Told("t.")}) IS NOT DISTINCT FROM ({kind.Told("i.")}), t.{kind.PeriodField!.Column} BETWEEN @firstDay AND @lastDay
        FROM incoming i
        JOIN {kind.Table} t ON t.owner_id = @OwnerId AND t.delegation_id = @DelegationId AND t.reference = i.reference AND t.end_number = @NoEnd
        WHERE i.reasons IS NULL
        """;

    // A file that adds may tell again what is known; otherwise than before it must say that it corrects.
    private const string RejectKnown =
        """
        UPDATE incoming i SET fields = ARRAY[@ReferenceField], reasons = ARRAY['REFERENCE_KNOWN']
        FROM known k
        WHERE k.line = i.line AND NOT k.same
        """;

    private const string RejectElsewhere =
        """
        UPDATE incoming i SET fields = ARRAY[@ReferenceField], reasons = ARRAY['REFERENCE_KNOWN']
        FROM known k
        WHERE k.line = i.line AND NOT k.inside
        """;

    private const string RejectUnknown =
        """
        UPDATE incoming i SET fields = ARRAY[@ReferenceField], reasons = ARRAY['REFERENCE_UNKNOWN']
        WHERE i.reasons IS NULL AND NOT EXISTS (SELECT FROM known k WHERE k.line = i.line)
        """;

    private const string CountChanged = "SELECT count(*) FROM known k JOIN incoming i ON i.line = k.line WHERE NOT k.same AND i.reasons IS NULL";

    private static string EndCorrected(ImportKind kind) =>
        $"""
        UPDATE {kind.Table} t SET end_number = @Number
        FROM known k
        WHERE t.owner_id = @OwnerId AND t.delegation_id = @DelegationId AND t.reference = k.reference AND t.end_number = @NoEnd AND NOT k.same
        """;

    private static string EndReplaced(ImportKind kind) =>
        $"""
        UPDATE {kind.Table} t SET end_number = @Number
        WHERE t.owner_id = @OwnerId AND t.delegation_id = @DelegationId AND t.end_number = @NoEnd AND t.{kind.PeriodField!.Column} BETWEEN @firstDay AND @lastDay
          AND NOT EXISTS (SELECT FROM known k WHERE k.reference = t.reference AND k.same)
        """;

    private static string Insert(ImportKind kind) =>
        $"""
        INSERT INTO {kind.Table} (owner_id, delegation_id, delegate_id, import_number, line, reference, {kind.Told("")})
        SELECT @OwnerId, @DelegationId, @DelegateId, @Number, i.line, i.reference, {kind.Told("i.")}
        FROM incoming i
        WHERE i.reasons IS NULL AND NOT EXISTS (SELECT FROM known k WHERE k.line = i.line AND k.same)
        """;
}
