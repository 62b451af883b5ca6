using System.Diagnostics;
using Npgsql;

namespace Delegation.Benchmarks.Import;

/// <summary>A file of benefits copied by <c>psql</c> into a table without any key: the raw limit.</summary>
internal static class PsqlCopy
{
    // The columns of the file, with the types of our own table; codes as they come.
    private const string Table =
        """
        DROP TABLE IF EXISTS copied;
        CREATE TABLE copied (
            reference text, contract_reference text, product text, category text, act text, basket text, care_day date, payment_day date, beneficiary_kind text, age_band text,
            sex text, region text, individual text, college text, level text, acts integer, expenses numeric(12, 2), compulsory_base numeric(12, 2),
            compulsory_paid numeric(12, 2), benefit numeric(12, 2), other_paid numeric(12, 2), out_of_pocket numeric(12, 2))
        """;

    public static async Task RunAsync(ServicePlatform service, string file, CancellationToken cancellation)
    {
        await service.ExecuteAsync(Table);
        var server = new NpgsqlConnectionStringBuilder(service.Database.AdminConnectionString);
        using var psql = Process.Start(new ProcessStartInfo("psql", ["--no-psqlrc", "--quiet", "--command", $"\\copy copied FROM '{file}' WITH (FORMAT csv, HEADER, DELIMITER ';')", server.Database!])
        {
            RedirectStandardError = true,
            Environment = { ["PGHOST"] = server.Host, ["PGPORT"] = $"{server.Port}", ["PGUSER"] = server.Username, ["PGPASSWORD"] = server.Password },
        })!;
        var errors = psql.StandardError.ReadToEndAsync(cancellation);
        await psql.WaitForExitAsync(cancellation);
        if (psql.ExitCode != 0)
            throw new NotMeasurableException($"psql failed:\n{await errors}");
    }
}
