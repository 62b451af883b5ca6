using System.Security.Cryptography;
using Delegation.Portfolios;
using Delegation.Reporting.V1;
using Google.Api;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using Kind = Delegation.Reporting.V1.Import.Types.Kind;

namespace Delegation.Benchmarks;

/// <summary>Reporting, with delegations of an insurer and a delegate whose lines are imported through the gateway.</summary>
internal sealed class ReportingPlatform : IAsyncDisposable
{
    private const string Subject = "of the delegate";
    private const int PartLength = 256 * 1024;

    private static readonly Dictionary<string, string> Settings = new()
    {
        // Nothing to follow.
        ["services__contracts__grpc__0"] = "http://127.0.0.1:1",
        ["services__delivery__grpc__0"] = "http://127.0.0.1:1",
        ["Imports__LargestFileBytes"] = $"{8L << 30}",
        ["Imports__LargestUnpackedBytes"] = $"{8L << 30}",
    };

    private readonly Guid _insurer = Guid.CreateVersion7();
    private readonly Guid _delegate = Guid.CreateVersion7();
    private readonly GrpcChannel _channel;

    private ReportingPlatform(ServicePlatform service) => (Service, _channel) = (service, GrpcChannel.ForAddress(service.Gateway.Process.Address));

    public ServicePlatform Service { get; }

    public TechnicalReports.TechnicalReportsClient Reports => new(_channel);

    /// <summary>The caller's.</summary>
    public Metadata Headers => new() { { "authorization", $"Bearer {Service.Gateway.Issuer.Token(Subject, expires: DateTime.UtcNow.AddHours(3))}" } };

    public static async Task<ReportingPlatform> StartAsync(CancellationToken cancellation)
    {
        var platform = new ReportingPlatform(await ServicePlatform.StartAsync("Reporting", Settings, connections: null, cancellation));
        try
        {
            await platform.Service.ExecuteAsync(
                "INSERT INTO membership VALUES (@Authority, @Subject, @_delegate, gen_random_uuid(), ARRAY['reporting'], 'delegate', 1)",
                new { platform.Service.Gateway.Issuer.Authority, Subject, platform._delegate });
            return platform;
        }
        catch
        {
            await platform.DisposeAsync();
            throw;
        }
    }

    /// <summary>A delegation that has nothing yet.</summary>
    public async Task<Guid> DelegationAsync()
    {
        var delegation = Guid.CreateVersion7();
        await Service.ExecuteAsync("INSERT INTO delegation VALUES (@_insurer, @delegation, @_delegate, 'open', 1)", new { _insurer, delegation, _delegate });
        return delegation;
    }

    /// <summary>Imports a file with lines of all months of a plan.</summary>
    public async Task<Reporting.V1.Import> ImportAsync(Guid delegation, Kind kind, PortfolioPlan plan, string file, CancellationToken cancellation)
    {
        var (imports, headers) = (new Imports.ImportsClient(_channel), Headers);
        await using var bytes = File.OpenRead(file);
        var import = await imports.CreateImportAsync(
            new CreateImportRequest
            {
                DelegationId = delegation.ToString(), Kind = kind, Mode = Reporting.V1.Import.Types.Mode.Complete,
                PeriodStartDay = $"{plan.FirstDay:yyyy-MM-dd}", PeriodEndDay = $"{plan.LastDay:yyyy-MM-dd}", FileName = "lines.csv",
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

    /// <summary>What the service held at most, since it started.</summary>
    public double MostMegabytes() => Service.Gateway.Service.MostKibibytes() * 1024 / 1e6;

    public async ValueTask DisposeAsync()
    {
        _channel.Dispose();
        await Service.DisposeAsync();
    }
}
