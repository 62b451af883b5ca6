extern alias migrator;

using System.Diagnostics;
using System.Security.Cryptography;
using Dapper;
using Delegation.Benchmarks.Gateway;
using Delegation.Persistence;
using Delegation.Persistence.Migrations;
using Delegation.Portfolios;
using Delegation.Reporting.V1;
using Delegation.TestKit;
using Delegation.TestKit.Tokens;
using Google.Api;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using Npgsql;

namespace Delegation.Benchmarks.Import;

/// <summary>Reporting as it runs for users behind our gateway, each a process of its own, and a table into which psql copies.</summary>
internal sealed class ImportPlatform : IAsyncDisposable
{
    private const string Service = "reporting";
    private const string SystemRole = Service + "_system";
    private const string Subject = "of the delegate";
    private const int PartLength = 256 * 1024;

    // The columns of the file, with the types of our own table; codes as they come.
    private const string Table =
        """
        DROP TABLE IF EXISTS copied;
        CREATE TABLE copied (
            reference text, contract_reference text, product text, category text, act text, basket text, care_day date, payment_day date, beneficiary_kind text, age_band text,
            sex text, region text, individual text, college text, level text, acts integer, expenses numeric(12, 2), compulsory_base numeric(12, 2),
            compulsory_paid numeric(12, 2), benefit numeric(12, 2), other_paid numeric(12, 2), out_of_pocket numeric(12, 2))
        """;

    private readonly TestDatabase _database;
    private readonly Guid _insurer = Guid.CreateVersion7();
    private readonly Guid _delegate = Guid.CreateVersion7();
    private GatewayProcess _gateway = null!;
    private GrpcChannel _channel = null!;

    private ImportPlatform(TestDatabase database) => _database = database;

    public static async Task<ImportPlatform> StartAsync(CancellationToken cancellation)
    {
        var platform = new ImportPlatform(await TestPostgres.CreateDatabaseAsync(cancellation));
        try
        {
            await new DatabaseMigrator(platform._database.AdminConnectionString, TimeProvider.System).MigrateAsync(
                new ServiceDatabase(Service, MigrationSet.FromResources(typeof(migrator::Program).Assembly, Service), Service, SystemRole, platform._database.Name),
                cancellationToken: cancellation);
            platform._gateway = await GatewayProcess.StartAsync(cancellation, platform.StartReportingAsync, Service);
            platform._channel = GrpcChannel.ForAddress(platform._gateway.Process.Address);
            await platform.ExecuteAsync(
                "INSERT INTO membership VALUES (@Authority, @Subject, @_delegate, gen_random_uuid(), ARRAY['reporting'], 'delegate', 1)",
                new { platform._gateway.Issuer.Authority, Subject, _delegate = platform._delegate });
            return platform;
        }
        catch
        {
            await platform.DisposeAsync();
            throw;
        }
    }

    /// <summary>Imports a file of benefits into a delegation that has nothing yet.</summary>
    public async Task<Reporting.V1.Import> ImportAsync(Portfolio portfolio, string file, CancellationToken cancellation)
    {
        var delegation = Guid.CreateVersion7();
        await ExecuteAsync("INSERT INTO delegation VALUES (@_insurer, @delegation, @_delegate, 'open', 1)", new { _insurer, delegation, _delegate });
        var imports = new Imports.ImportsClient(_channel);
        var headers = new Metadata { { "authorization", $"Bearer {_gateway.Issuer.Token(Subject, expires: DateTime.UtcNow.AddHours(3))}" } };
        await using var bytes = File.OpenRead(file);
        var import = await imports.CreateImportAsync(
            new CreateImportRequest
            {
                DelegationId = delegation.ToString(), Kind = Reporting.V1.Import.Types.Kind.Benefits, Mode = Reporting.V1.Import.Types.Mode.Complete,
                PeriodStartDay = $"{portfolio.Plan.FirstDay:yyyy-MM-dd}", PeriodEndDay = $"{portfolio.Plan.LastDay:yyyy-MM-dd}", FileName = "benefits.csv",
                Sha256 = Convert.ToHexStringLower(await SHA256.HashDataAsync(bytes, cancellation)),
            },
            headers, cancellationToken: cancellation);

        bytes.Position = 0;
        using var call = imports.UploadImportFile(headers, cancellationToken: cancellation);
        await call.RequestStream.WriteAsync(new UploadImportFileRequest { DelegationId = import.DelegationId, ImportId = import.Id, File = new HttpBody { ContentType = "text/csv" } }, cancellation);
        var part = new byte[PartLength];
        for (int read; (read = await bytes.ReadAsync(part, cancellation)) > 0;)
            await call.RequestStream.WriteAsync(new UploadImportFileRequest { File = new HttpBody { Data = ByteString.CopyFrom(part, 0, read) } }, cancellation);
        await call.RequestStream.CompleteAsync();
        return await call;
    }

    /// <summary>Copies the same file with psql.</summary>
    public async Task CopyAsync(string file, CancellationToken cancellation)
    {
        await ExecuteAsync(Table, null);
        var server = new NpgsqlConnectionStringBuilder(_database.AdminConnectionString);
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

    /// <summary>What the service held at most, since it started.</summary>
    public double MostMegabytes() => _gateway.Service.MostKibibytes() * 1024 / 1e6;

    public async ValueTask DisposeAsync()
    {
        _channel?.Dispose();
        if (_gateway is not null)
            await _gateway.DisposeAsync();
        await _database.DisposeAsync();
    }

    private Task<ServerProcess> StartReportingAsync(TestIssuer issuer) => ServerProcess.StartDotnetAsync(
        Repository.Output("src/Reporting", "Reporting.dll"),
        _ => [],
        port => new Dictionary<string, string>
        {
            ["DOTNET_ENVIRONMENT"] = "Development",
            ["GRPC_PORT"] = $"{port}",
            ["HTTP_PORT"] = "0",
            ["Authentication__Authority"] = issuer.Authority,
            ["Authentication__ClientId"] = Service,
            ["Authentication__ClientSecret"] = "any",
            ["ConnectionStrings__database"] = _database.ConnectionStringFor(Service, Service),
            ["ConnectionStrings__system"] = _database.ConnectionStringFor(SystemRole, SystemRole),
            // Nothing to follow.
            ["services__contracts__grpc__0"] = "http://127.0.0.1:1",
            ["services__delivery__grpc__0"] = "http://127.0.0.1:1",
            ["Imports__LargestFileBytes"] = $"{8L << 30}",
            ["Imports__LargestUnpackedBytes"] = $"{8L << 30}",
            ["Logging__LogLevel__Default"] = "Error",
        },
        CancellationToken.None);

    private async Task ExecuteAsync(string sql, object? parameters)
    {
        await using var administrator = new NpgsqlConnection(_database.AdminConnectionString);
        await administrator.ExecuteAsync(sql, parameters);
    }
}
