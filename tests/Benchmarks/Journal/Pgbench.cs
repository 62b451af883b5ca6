using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Npgsql;

namespace Delegation.Benchmarks.Journal;

/// <summary>
/// PostgreSQL's own load generator, writing the rows that a command writes, as plainly as it goes: statements prepared once, no roles, no
/// policies, no functions. It has things of its own, as many as the commands have.
/// </summary>
internal static partial class Pgbench
{
    /// <summary>One statement after the other in a transaction, as its own scripts are, and as a command has to that decides between two of them.</summary>
    public const string Transaction =
        $"""
        {Random}
        BEGIN;
        {Change}
        RETURNING revision, owner_id, thing_id \gset
        WITH entry AS (
            INSERT INTO journal
            VALUES (gen_random_uuid(), :owner_id::uuid, NULL, NULL, 'both', 'thing', :thing_id::uuid, :revision::bigint,
                    :owner_id::uuid, :owner_id::uuid, now(), {Event})
            RETURNING entry_id)
        INSERT INTO pending (entry_id) SELECT entry_id FROM entry;
        COMMIT;
        """;

    /// <summary>The raw limit: all of it in one statement and one round trip, where nobody can decide anything.</summary>
    public const string OneStatement =
        $"""
        {Random}
        WITH changed AS (
            {Change}
            RETURNING revision, owner_id, thing_id),
        entry AS (
            INSERT INTO journal
            SELECT gen_random_uuid(), owner_id, NULL, NULL, 'both', 'thing', thing_id, revision, owner_id, owner_id, now(), {Event}
            FROM changed
            RETURNING entry_id)
        INSERT INTO pending (entry_id) SELECT entry_id FROM entry;
        """;

    private const string Random =
        """
        \set owner random(0, 7)
        \set thing random(0, 9)
        """;

    private const string Change =
        """
        INSERT INTO thing (owner_id, thing_id, revision)
        VALUES (('0000000' || :owner || '-0000-0000-0000-000000000003')::uuid, ('0000000' || :owner || '-0000-0000-0000-00000000010' || :thing)::uuid, 1)
        ON CONFLICT (owner_id, thing_id) DO UPDATE SET revision = thing.revision + 1
        """;

    // The columns that append_journal writes too; what is hashed there is hashed here.
    private const string Event = "'google.protobuf.StringValue', 'revision 100', '0123456789abcdef', sha256('0123456789abcdefrevision 100')";

    /// <summary>Transactions per second.</summary>
    public static async Task<double> MeasureAsync(string administrator, string transaction, int atOnce, TimeSpan duration, CancellationToken cancellation)
    {
        if (!await Installed.EnsureAsync("pgbench", "postgresql-client", cancellation))
            throw new NotMeasurableException("pgbench is not installed: apt-get install postgresql-client");

        var server = new NpgsqlConnectionStringBuilder(administrator);
        var script = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(script, transaction + "\n", cancellation);
            using var process = Process.Start(new ProcessStartInfo(
                "pgbench",
                ["--no-vacuum", "--protocol=prepared", $"--client={atOnce}", "--jobs=2", $"--time={(int)duration.TotalSeconds}", $"--file={script}", server.Database!])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                Environment = { ["PGHOST"] = server.Host, ["PGPORT"] = $"{server.Port}", ["PGUSER"] = server.Username, ["PGPASSWORD"] = server.Password },
            })!;
            var (output, errors) = (process.StandardOutput.ReadToEndAsync(cancellation), process.StandardError.ReadToEndAsync(cancellation));
            await process.WaitForExitAsync(cancellation);

            // A client that meets an error stops, and those that go on would count for all.
            return process.ExitCode == 0 && Tps().Match(await output) is { Success: true } tps
                ? double.Parse(tps.Groups[1].Value, CultureInfo.InvariantCulture)
                : throw new NotMeasurableException($"pgbench failed:\n{await errors}");
        }
        finally
        {
            File.Delete(script);
        }
    }

    [GeneratedRegex(@"tps = ([0-9.]+)")]
    private static partial Regex Tps();
}
