using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Npgsql;

namespace Delegation.Benchmarks.Journal;

/// <summary>PostgreSQL's own load generator, writing the rows that a command writes, as plainly as it goes: statements prepared once, no roles, no policies, no functions.</summary>
internal static partial class Pgbench
{
    // The entry's columns are those of append_journal; what is hashed there is hashed here.
    private const string Script =
        """
        \set owner random(0, 7)
        \set thing random(0, 9)
        BEGIN;
        INSERT INTO thing (owner_id, thing_id, revision)
        VALUES (('0000000' || :owner || '-0000-0000-0000-000000000003')::uuid, ('0000000' || :owner || '-0000-0000-0000-00000000000' || :thing)::uuid, 1)
        ON CONFLICT (owner_id, thing_id) DO UPDATE SET revision = thing.revision + 1
        RETURNING revision, owner_id, thing_id \gset
        WITH entry AS (
            INSERT INTO journal
            VALUES (gen_random_uuid(), :owner_id::uuid, NULL, NULL, 'both', 'thing', :thing_id::uuid, :revision::bigint,
                    :owner_id::uuid, :owner_id::uuid, now(), 'google.protobuf.StringValue', 'revision 100', '0123456789abcdef', sha256('0123456789abcdefrevision 100'))
            RETURNING entry_id)
        INSERT INTO pending (entry_id) SELECT entry_id FROM entry;
        COMMIT;
        """;

    /// <summary>Transactions per second.</summary>
    public static async Task<double> MeasureAsync(string administrator, int atOnce, TimeSpan duration, CancellationToken cancellation)
    {
        if (!await Installed.EnsureAsync("pgbench", "postgresql-client", cancellation))
            throw new NotMeasurableException("pgbench is not installed: apt-get install postgresql-client");

        var server = new NpgsqlConnectionStringBuilder(administrator);
        var script = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(script, Script + "\n", cancellation);
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
            return Tps().Match(await output) is { Success: true } tps
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
