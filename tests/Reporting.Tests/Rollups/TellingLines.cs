using System.Text.Json;
using Dapper;
using Delegation.Access.V1;
using Delegation.Persistence.Tenancy;
using Delegation.Reporting.Rollups;
using Delegation.TestKit.Access;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Delegation.Reporting.Tests.Rollups;

/// <summary>
/// An import as it leaves its lines: those that it tells, as objects with the names of the columns, and those that it ends by their references.
/// </summary>
internal sealed record ToldLines(Rollup Rollup, IReadOnlyList<object> Lines, IReadOnlyList<string> Ended)
{
    public DateOnly From { get; init; } = new(2025, 1, 1);

    public DateOnly To { get; init; } = new(2025, 12, 31);

    public DateTime ApplyTime { get; init; } = new(2026, 1, 5, 8, 0, 0, DateTimeKind.Utc);
}

/// <summary>Lines straight in the database, as imports leave them, with their cells.</summary>
internal static class TellingLines
{
    /// <summary>In one transaction of the delegate: the import, its lines, and what the cells add up to.</summary>
    public static async Task<int> TellAsync(this Scene scene, (Guid Insurer, Guid Delegation, Guid Delegate) of, ToldLines told)
    {
        var caller = new Caller(of.Delegate, Guid.CreateVersion7(), new HashSet<string>()) { Side = Side.Delegate };
        await using var session = await scene.Services.GetRequiredService<TenantSessions>().OpenAsync(caller);
        var number = (await session.QueryAsync<int>(
            """
            INSERT INTO import (owner_id, delegation_id, delegate_id, import_id, kind, mode, state, period_start_day, period_end_day, file_name, sha256, read_lines, accepted_lines,
                                rejected_lines, open_rejected_lines, added_lines, changed_lines, unchanged_lines, withdrawn_operations, reopened_operations, unknown_columns,
                                rejections, person_id, create_time, apply_time, expire_time, revision, number)
            VALUES (@Insurer, @Delegation, @Delegate, @id, @Kind, 'complete', 'applied', @From, @To, 'a.csv', encode(sha256(@id::text::bytea), 'hex'), 0, 0, 0, 0, 0, 0, 0, 0, 0, '{}',
                    '[]', gen_random_uuid(), @ApplyTime, @ApplyTime, @ApplyTime, 2, nextval('import_number'))
            RETURNING number
            """,
            new { of.Insurer, of.Delegation, of.Delegate, id = Guid.CreateVersion7(), told.Rollup.Kind, told.From, told.To, told.ApplyTime })).Single();
        var columns = string.Join(", ", told.Rollup.Measures.Concat(told.Rollup.Codes).Concat(Rollup.Common).Concat(Days(told.Rollup)).Append("reference"));
        await session.ExecuteAsync(
            $"""
            UPDATE {told.Rollup.Lines} SET end_number = @number WHERE owner_id = @Insurer AND delegation_id = @Delegation AND end_number = 2147483647 AND reference = ANY (@ended);
            INSERT INTO {told.Rollup.Lines} (owner_id, delegation_id, delegate_id, import_number, line, {columns})
            SELECT @Insurer, @Delegation, @Delegate, @number, 2, {columns} FROM jsonb_populate_recordset(NULL::{told.Rollup.Lines}, @lines::jsonb)
            """,
            new { of.Insurer, of.Delegation, of.Delegate, number, ended = told.Ended.ToArray(), lines = JsonSerializer.Serialize(told.Lines) });
        await session.ApplyRollupAsync(new KnownDelegation(of.Insurer, of.Delegation, of.Delegate, "open"), told.Rollup, number, default);
        await session.CommitAsync();
        return number;
    }

    /// <summary>Does something to the cells that nobody does, as the administrator.</summary>
    public static async Task SpoilAsync(this Scene scene, string sql, object parameters)
    {
        await using var administrator = new NpgsqlConnection(scene.Database.AdminConnectionString);
        await administrator.ExecuteAsync(sql, parameters);
    }

    private static string[] Days(Rollup rollup) => rollup == Rollup.Benefits ? ["care_day", "payment_day"] : rollup == Rollup.Premiums ? ["month", "entry_day"] : ["month"];
}
