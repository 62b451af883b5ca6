using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Npgsql;

namespace Delegation.Benchmarks;

/// <summary>PostgreSQL's own load generator, its statements prepared once.</summary>
internal static partial class Pgbench
{
    /// <summary>Transactions per second.</summary>
    /// <param name="database">The connection string of the role that sends the statements.</param>
    /// <param name="script">One transaction, in pgbench's language.</param>
    /// <param name="atOnce">How many clients.</param>
    /// <param name="duration">How long.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <param name="variables">What the script names by a colon.</param>
    /// <exception cref="NotMeasurableException">A client met an error.</exception>
    public static async Task<double> MeasureAsync(
        string database, string script, int atOnce, TimeSpan duration, CancellationToken cancellation, params IEnumerable<(string Name, object Value)> variables)
    {
        if (!await Installed.EnsureAsync("pgbench", "postgresql-client", cancellation))
            throw new NotMeasurableException("pgbench is not installed: apt-get install postgresql-client");

        var server = new NpgsqlConnectionStringBuilder(database);
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, script + "\n", cancellation);
            using var process = Process.Start(new ProcessStartInfo(
                "pgbench",
                [
                    "--no-vacuum", "--protocol=prepared", $"--client={atOnce}", "--jobs=2", $"--time={(int)duration.TotalSeconds}", $"--file={file}",
                    .. variables.Select(variable => $"--define={variable.Name}={variable.Value}"), server.Database!,
                ])
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
            File.Delete(file);
        }
    }

    [GeneratedRegex(@"tps = ([0-9.]+)")]
    private static partial Regex Tps();
}
