using System.Diagnostics;
using System.Security.Cryptography;
using Delegation.Contracts.V1;
using Delegation.TestKit;
using Google.Api;
using Grpc.Core;

namespace Delegation.Contracts.Tests.Annexes;

/// <summary>100 MB up and down in constant memory: of this process, in which the caller and the service run.</summary>
[Collection(nameof(AloneOnTheMachine))]
public sealed class Large_files(ContractsHost host) : IClassFixture<ContractsHost>, IDisposable
{
    private const int Length = 100 * 1024 * 1024;
    private const long MostGrowth = 30_000_000;
    private const int PartLength = 256 * 1024;

    // Fills the pools; only what grows after that grows with the file.
    private const int WarmUp = 32 * 1024 * 1024;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    public void Dispose() => host.Logs.AssertNoErrors();

    [PostgresFact]
    public async Task A_hundred_megabytes_go_up_and_come_down_as_they_were_in_constant_memory()
    {
        var agreement = await AnnexCalls.OpenAsync(host);
        var tpa = host.Annexes(agreement, insurer: false);
        var annex = await tpa.RequestAnnexAsync(AnnexCalls.Request(agreement.Delegation.Id), deadline: People.Deadline);
        var warm = Sha256Of(WarmUp);
        await DownloadAsync(tpa, await UploadAsync(tpa, annex, WarmUp, warm));

        var sha256 = Sha256Of(Length);
        var memory = new MemoryWatch();
        var clock = Stopwatch.StartNew();
        var version = await UploadAsync(tpa, annex, Length, sha256, memory);
        var (length, received) = await DownloadAsync(tpa, version, memory);

        Assert.Equal((Length, sha256), (version.SizeBytes, version.Sha256));
        Assert.Equal((Length, sha256), (length, received));
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, Limit);
        Assert.InRange(memory.Growth, 0, MostGrowth);
    }

    private static async Task<AnnexVersion> UploadAsync(V1.Annexes.AnnexesClient annexes, Annex annex, int length, string sha256, MemoryWatch? memory = null)
    {
        using var call = annexes.UploadAnnexVersion(deadline: DateTime.UtcNow + Limit);
        await call.RequestStream.WriteAsync(new UploadAnnexVersionRequest
        {
            DelegationId = annex.DelegationId, AnnexId = annex.Id, FileName = "plan.pdf", Sha256 = sha256, File = new HttpBody { ContentType = "application/pdf" },
        });
        var sent = 0;
        foreach (var part in Parts(length))
        {
            await call.RequestStream.WriteAsync(AnnexCalls.Part(part));
            if (++sent % 50 == 0)
                memory?.Look();
        }

        await call.RequestStream.CompleteAsync();
        return await call;
    }

    private static async Task<(long Length, string Sha256)> DownloadAsync(V1.Annexes.AnnexesClient annexes, AnnexVersion version, MemoryWatch? memory = null)
    {
        using var call = annexes.DownloadAnnexVersion(AnnexCalls.Download(version), deadline: DateTime.UtcNow + Limit);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var length = 0L;
        await foreach (var part in call.ResponseStream.ReadAllAsync())
        {
            hash.AppendData(part.Data.Span);
            length += part.Data.Length;
            if (length % (50 * PartLength) == 0)
                memory?.Look();
        }

        return (length, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    private static string Sha256Of(int length)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in Parts(length))
            hash.AppendData(part.Span);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    // A PDF by its ends, the same each time, with each part another; one part in memory at a time.
    private static IEnumerable<ReadOnlyMemory<byte>> Parts(int length)
    {
        var random = new Random(20260101);
        var buffer = new byte[PartLength];
        for (var from = 0; from < length; from += buffer.Length)
        {
            random.NextBytes(buffer);
            if (from == 0)
                "%PDF-1.7\n"u8.CopyTo(buffer);
            if (from + buffer.Length >= length)
                "%%EOF\n"u8.CopyTo(buffer.AsSpan(buffer.Length - 6));
            yield return buffer;
        }
    }

    /// <summary>The most that what is in use grows by: what the collector has not got round to collecting is nobody's.</summary>
    private sealed class MemoryWatch
    {
        private readonly long _start = GC.GetTotalMemory(forceFullCollection: true);

        public long Growth { get; private set; }

        public void Look() => Growth = Math.Max(Growth, GC.GetTotalMemory(forceFullCollection: true) - _start);
    }
}

/// <summary>Tests that measure this process run after all others, one by one.</summary>
[CollectionDefinition(nameof(AloneOnTheMachine), DisableParallelization = true)]
public sealed class AloneOnTheMachine;
