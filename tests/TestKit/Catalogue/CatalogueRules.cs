using Npgsql;

namespace Delegation.TestKit;

/// <summary>
/// Walks the catalogue of a service's database: every table declares its kind and obeys the rules of that kind. A table that
/// somebody adds tomorrow is walked too.
/// </summary>
public static class CatalogueRules
{
    private static readonly Lazy<string> Rules = new(() =>
    {
        using var reader = new StreamReader(typeof(CatalogueRules).Assembly.GetManifestResourceStream("CatalogueRules.sql")!);
        return reader.ReadToEnd();
    });

    /// <summary>The rules that the database breaks, as sentences; none when all is well.</summary>
    /// <param name="administrator">A superuser in the service's database.</param>
    /// <param name="service">The name of its role for requests.</param>
    /// <param name="cancellationToken">Ends the walk.</param>
    public static async Task<IReadOnlyList<string>> BrokenAsync(NpgsqlConnection administrator, string service, CancellationToken cancellationToken = default)
    {
#pragma warning disable CA2100 // the text is a resource of this assembly
        await using var command = new NpgsqlCommand(Rules.Value, administrator);
#pragma warning restore CA2100
        command.Parameters.AddWithValue("request", service);
        command.Parameters.AddWithValue("owner", service + "_owner");
        command.Parameters.AddWithValue("system", service + "_system");
        command.Parameters.AddWithValue("auditor", service + "_auditor");
        return await ReadAsync(command, cancellationToken);
    }

    /// <summary>
    /// The party and organisation tables of which somebody sees rows who acts for nobody; none when all is well. Says something
    /// about tables that have rows.
    /// </summary>
    /// <param name="request">The role for requests in the service's database, outside any session.</param>
    /// <param name="cancellationToken">Ends the walk.</param>
    public static async Task<IReadOnlyList<string>> SeenByNobodyAsync(NpgsqlConnection request, CancellationToken cancellationToken = default)
    {
        const string Readable =
            """
            SELECT oid::regclass::text FROM pg_class
            WHERE relkind IN ('r', 'p') AND obj_description(oid, 'pg_class') ~ '^kind: (party|organisation)' AND has_table_privilege(oid, 'SELECT')
            ORDER BY 1
            """;

        await using var tables = new NpgsqlCommand(Readable, request);
        var seen = new List<string>();
        foreach (var table in await ReadAsync(tables, cancellationToken))
        {
#pragma warning disable CA2100 // regclass quotes what needs it
            await using var rows = new NpgsqlCommand($"SELECT EXISTS (SELECT FROM {table})", request);
#pragma warning restore CA2100
            if (await rows.ExecuteScalarAsync(cancellationToken) is true)
            {
                seen.Add(table);
            }
        }

        return seen;
    }

    private static async Task<IReadOnlyList<string>> ReadAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var lines = new List<string>();
        while (await reader.ReadAsync(cancellationToken))
        {
            lines.Add(reader.GetString(0));
        }

        return lines;
    }
}
