using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Delegation.Contracts.V1;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Grpc.Net.Client;

namespace Delegation.Benchmarks.Gateway;

/// <summary>How much at once: connections, and calls on each; how many calls a second at most, as many as possible by default.</summary>
internal sealed record Load(string Name, int Connections, int CallsEach, double? PerSecond = null)
{
    public int AtATime => Connections * CallsEach;
}

/// <summary>A unary call at some address, over gRPC or REST.</summary>
internal sealed record LoadCall(string Address, bool IsRest, MethodDescriptor Method, IMessage Request)
{
    /// <summary>Its answers have different lengths, as those of commands that answer with an instant: whoever measures looks otherwise whether all took effect.</summary>
    public bool AnswersDiffer { get; init; }
}

/// <summary>What came of one run.</summary>
/// <param name="PerSecond">Calls per second.</param>
/// <param name="P50">Half of the calls took less, in milliseconds.</param>
/// <param name="P99">99 of 100 took less, in milliseconds.</param>
internal sealed record LoadResult(double PerSecond, double P50, double P99);

/// <summary>
/// Sends one small unary call over and over with h2load (nghttp2). Not with a .NET client: the generator shares the two cores with what it
/// measures, and h2load takes a fraction of the processor time, and is nobody's relative here.
/// </summary>
internal sealed partial class LoadGenerator(string token, string folder)
{
    private static readonly GetOrganizationRequest Request = new() { OrganizationId = EchoServer.OrganizationId };

    private static readonly MethodDescriptor Method = Organizations.Descriptor.FindMethodByName("GetOrganization");

    private static readonly Marshaller<byte[]> Bytes = Marshallers.Create(bytes => bytes, bytes => bytes);

    public static LoadCall Grpc(string address) => new(address, IsRest: false, Method, Request);

    public static LoadCall Rest(string address) => new(address, IsRest: true, Method, Request);

    public async Task<LoadResult> RunAsync(LoadCall call, Load load, long calls, CancellationToken cancellation)
    {
        if (!await Installed.EnsureAsync("h2load", "nghttp2-client", cancellation))
            throw new NotMeasurableException("h2load is missing: install nghttp2-client.");

        var body = Path.Combine(folder, "request");
        var log = Path.Combine(folder, "log");
        await File.WriteAllBytesAsync(body, Frame(call.Request.ToByteArray()), cancellation);
        File.Delete(log);

        // HTTP/1.1 has one call on a connection at a time.
        var (connections, each) = call.IsRest ? (load.AtATime, 1) : (load.Connections, load.CallsEach);
        List<string> arguments =
        [
            "--requests", $"{calls}", "--clients", $"{connections}", "--max-concurrent-streams", $"{each}", "--threads", "1",
            "--header", $"authorization: Bearer {token}", "--log-file", log,
        ];
        if (load.PerSecond is { } rate)
            arguments.AddRange(["--rps", string.Create(CultureInfo.InvariantCulture, $"{rate / connections:0.0}")]);
        if (call.IsRest)
            arguments.AddRange(["--h1", RestAddress(call)]);
        else
            arguments.AddRange(["--data", body, "--header", "content-type: application/grpc", "--header", "te: trailers", $"{call.Address}/{call.Method.Service.FullName}/{call.Method.Name}"]);

        var length = call.IsRest ? await RestLengthAsync(call, cancellation) : await GrpcLengthAsync(call, cancellation);
        using var process = Process.Start(new ProcessStartInfo("h2load", arguments) { RedirectStandardOutput = true })!;
        try
        {
            var output = await process.StandardOutput.ReadToEndAsync(cancellation);
            await process.WaitForExitAsync(cancellation);
            return Read(output, log, calls, call.AnswersDiffer ? null : length);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill();
        }
    }

    private static string RestAddress(LoadCall call) => $"{call.Address}/v1/organizations/{Request.OrganizationId}";

    /// <summary>The same call by a real client, to know how long the right answer is.</summary>
    private async Task<int> GrpcLengthAsync(LoadCall call, CancellationToken cancellation)
    {
        using var channel = GrpcChannel.ForAddress(call.Address);
        var method = new Method<byte[], byte[]>(MethodType.Unary, call.Method.Service.FullName, call.Method.Name, Bytes, Bytes);
        var options = new CallOptions(new Metadata { { "authorization", $"Bearer {token}" } }, DateTime.UtcNow.AddSeconds(10), cancellation);
        return Frame(await channel.CreateCallInvoker().AsyncUnaryCall(method, null, options, call.Request.ToByteArray())).Length;
    }

    private async Task<int> RestLengthAsync(LoadCall call, CancellationToken cancellation)
    {
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(10) };
        client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        var answer = await client.GetByteArrayAsync(new Uri(RestAddress(call)), cancellation);
        return JsonDocument.Parse(answer).RootElement.GetProperty("id").GetString() == Request.OrganizationId
            ? answer.Length
            : throw new NotMeasurableException("REST did not answer with the organisation.");
    }

    private static LoadResult Read(string output, string log, long calls, int? answerLength)
    {
        // An error over gRPC has HTTP status 200 too, but no message: only the right number of bytes is the right answer.
        if (Number(Succeeded().Match(output)) != calls || (answerLength is { } length && Number(DataBytes().Match(output)) != calls * length))
            throw new NotMeasurableException($"Not every call got its answer of {answerLength} bytes:\n{output}");

        // Each line of the log: microsecond of the start, HTTP status, microseconds that it took.
        var times = new Statistics(File.ReadLines(log).Select(line => double.Parse(line.Split('\t')[2], CultureInfo.InvariantCulture) / 1000));
        return new LoadResult(Number(PerSecond().Match(output)), times.Percentile(0.5), times.Percentile(0.99));
    }

    private static double Number(Match match) => match.Success ? double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) : -1;

    /// <summary>Length-prefixed message: https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md#requests</summary>
    private static byte[] Frame(byte[] bytes)
    {
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
