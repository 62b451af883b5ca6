using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Delegation.Contracts.V1;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;

namespace Delegation.Benchmarks.Gateway;

/// <summary>How much at once: connections, and calls on each.</summary>
internal sealed record Load(string Name, int Connections, int CallsEach);

/// <summary>What came of one run.</summary>
/// <param name="PerSecond">Calls per second.</param>
/// <param name="P50">Half of the calls took less, in milliseconds.</param>
/// <param name="P99">99 of 100 took less, in milliseconds.</param>
internal sealed record LoadResult(double PerSecond, double P50, double P99);

/// <summary>
/// Sends one small unary call over and over with h2load (nghttp2). Not with a .NET client: the generator shares the two cores with what it
/// measures, and h2load takes a fraction of the processor time, and is nobody's relative here.
/// </summary>
internal static partial class LoadGenerator
{
    private static readonly GetOrganizationRequest Request = new() { OrganizationId = "019a9f2e-7c1b-7d3a-8f55-2b1c9e0d4a61" };

    public static async Task<LoadResult> RunAsync(
        string address, Load load, long calls, string token, string folder, CancellationToken cancellation)
    {
        if (!await Installed.EnsureAsync("h2load", "nghttp2-client", cancellation))
            throw new NotMeasurableException("h2load is missing: install nghttp2-client.");

        var answer = await CallAsync(address, token, cancellation);
        var body = Path.Combine(folder, "request");
        var log = Path.Combine(folder, "log");
        await File.WriteAllBytesAsync(body, Frame(Request), cancellation);
        File.Delete(log);

        var start = new ProcessStartInfo("h2load",
        [
            "--requests", $"{calls}", "--clients", $"{load.Connections}", "--max-concurrent-streams", $"{load.CallsEach}", "--threads", "1",
            "--data", body, "--header", "content-type: application/grpc", "--header", "te: trailers",
            "--header", $"authorization: Bearer {token}", "--log-file", log,
            $"{address}/{Organizations.Descriptor.FullName}/GetOrganization",
        ]) { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        try
        {
            var output = await process.StandardOutput.ReadToEndAsync(cancellation);
            await process.WaitForExitAsync(cancellation);
            return Read(output, log, calls, Frame(answer).Length);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill();
        }
    }

    /// <summary>The same call by a real client, to know what the answer is.</summary>
    private static async Task<Organization> CallAsync(string address, string token, CancellationToken cancellation)
    {
        using var channel = GrpcChannel.ForAddress(address);
        return await new Organizations.OrganizationsClient(channel)
            .GetOrganizationAsync(Request, new Metadata { { "authorization", $"Bearer {token}" } }, DateTime.UtcNow.AddSeconds(10), cancellation);
    }

    private static LoadResult Read(string output, string log, long calls, int answerLength)
    {
        // An error over gRPC has HTTP status 200 too, but no message: only the right number of bytes is the right answer.
        if (Number(Succeeded().Match(output)) != calls || Number(DataBytes().Match(output)) != calls * answerLength)
            throw new NotMeasurableException($"Not every call got its answer of {answerLength} bytes:\n{output}");

        // Each line of the log: microsecond of the start, HTTP status, microseconds that it took.
        var times = new Statistics(File.ReadLines(log).Select(line => double.Parse(line.Split('\t')[2], CultureInfo.InvariantCulture) / 1000));
        return new LoadResult(Number(PerSecond().Match(output)), times.Percentile(0.5), times.Percentile(0.99));
    }

    private static double Number(Match match) => match.Success ? double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) : -1;

    /// <summary>Length-prefixed message: https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md#requests</summary>
    private static byte[] Frame(IMessage message)
    {
        var bytes = message.ToByteArray();
        var frame = new byte[5 + bytes.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), bytes.Length);
        bytes.CopyTo(frame, 5);
        return frame;
    }

    [GeneratedRegex(@"(\d+) succeeded")]
    private static partial Regex Succeeded();

    [GeneratedRegex(@"([0-9.]+) req/s")]
    private static partial Regex PerSecond();

    [GeneratedRegex(@"\((\d+)\) data")]
    private static partial Regex DataBytes();
}
