using Dapper;
using Delegation.TestKit.Access;
using Npgsql;

namespace Delegation.Reporting.Tests.Operations;

/// <summary>An operation as a test wants it told; the days are ISO.</summary>
internal sealed record Told(string Reference, string Kind, string Receive, string? Close = null, string? Outcome = null)
{
    public string? Complete { get; init; }

    public bool? Automated { get; init; }

    public bool Withdrawn { get; init; }

    public int Version { get; init; } = 1;

    public DateTime RecordTime { get; init; } = new(2026, 5, 1, 8, 0, 0, DateTimeKind.Utc);

    public DateTime? SupersedeTime { get; init; }
}

/// <summary>Operations straight in the database, as an import leaves them.</summary>
internal static class ToldOperations
{
    public static async Task<Guid> TellAsync(this Scene scene, (Guid Insurer, Guid Delegation, Guid Delegate) of, params Told[] told)
    {
        var importId = Guid.CreateVersion7();
        await using var administrator = new NpgsqlConnection(scene.Database.AdminConnectionString);
        await administrator.ExecuteAsync(
            """
            INSERT INTO import VALUES (@Insurer, @Delegation, @Delegate, @importId, 'operations', 'complete', 'applied', '2026-04-01', '2026-04-30', 'a.csv',
                encode(sha256(@importId::text::bytea), 'hex'), NULL, NULL, 0, 0, 0, 0, 0, 0, 0, 0, 0, '{}', '[]', gen_random_uuid(), now(), now(), now(), 2)
            """,
            new { of.Insurer, of.Delegation, of.Delegate, importId });
        foreach (var one in told)
            await administrator.ExecuteAsync(
                """
                INSERT INTO operation (owner_id, delegation_id, delegate_id, operation_id, reference, version, kind, receive_day, complete_day, close_day, outcome,
                    automated, withdrawn, import_id, line, record_time, supersede_time)
                VALUES (@Insurer, @Delegation, @Delegate, md5(@Reference)::uuid, @Reference, @Version, @Kind, @Receive::date, @Complete::date, @Close::date, @Outcome,
                    @Automated, @Withdrawn, @importId, 2, @RecordTime, @SupersedeTime)
                """,
                new
                {
                    of.Insurer, of.Delegation, of.Delegate, one.Reference, one.Version, one.Kind, one.Receive, one.Complete, one.Close, one.Outcome, one.Automated,
                    one.Withdrawn, importId, one.RecordTime, one.SupersedeTime,
                });
        return importId;
    }
}
