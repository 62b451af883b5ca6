using Dapper;
using Npgsql;

namespace Delegation.Contracts.Tests;

/// <summary>Everything that the database holds, to see that nothing changed.</summary>
internal static class Rows
{
    // What the service does by itself, at any time.
    private static readonly string[] Background = ["due", "pending", "seal", "follower_position"];

    /// <summary>Each table with the number of its rows and a digest of them.</summary>
    public static async Task<IReadOnlyList<string>> RowsAsync(this ContractsHost host)
    {
        await using var connection = new NpgsqlConnection(host.Database.AdminConnectionString);
        var tables = await connection.QueryAsync<string>(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> ALL (@Background) ORDER BY tablename", new { Background });

        var rows = new List<string>();
        foreach (var table in tables)
            rows.Add($"{table}: {await connection.ExecuteScalarAsync<string>($"SELECT count(*) || ' ' || coalesce(sum(hashtextextended(t::text, 0)), 0) FROM \"{table}\" t")}");

        return rows;
    }
}
