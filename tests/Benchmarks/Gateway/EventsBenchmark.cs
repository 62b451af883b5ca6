using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Delegation.Contracts.V1;
using Grpc.Core;
using Grpc.Net.Client;

namespace Delegation.Benchmarks.Gateway;

/// <summary>
/// How long one entry takes to reach many open streams of <c>/v1/events</c>, from the command to the last reader, and what a stream costs the gateway. The
/// readers are bare sockets in this process, since they share the processor with what is measured.
/// </summary>
internal static class EventsBenchmark
{
    private const int Streams = 2000;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    public static async Task RunAsync(int rounds, CancellationToken cancellation)
    {
        Machine.Describe();
        await using var gateway = await GatewayProcess.StartAsync(cancellation);
        var token = gateway.Issuer.Token("somebody", expires: DateTime.UtcNow.AddHours(3));
        var readers = new List<Reader>();
        try
        {
            // The first ones bring what is there once for all.
            for (var i = 0; i < 10; i++)
                readers.Add(await Reader.OpenAsync(new Uri(gateway.RestAddress), token, cancellation));
            var before = gateway.Process.ProportionalKibibytes();
            var opening = Stopwatch.StartNew();
            while (readers.Count < Streams)
                readers.AddRange(await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Reader.OpenAsync(new Uri(gateway.RestAddress), token, cancellation))));
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{Streams} streams opened in {opening.Elapsed.TotalSeconds:0.0} s; {(gateway.Process.ProportionalKibibytes() - before) / (double)(Streams - 10):0.0} KiB each in the gateway"));

            var times = new List<(double First, double Half, double Last)>();
            using var channel = GrpcChannel.ForAddress(gateway.Service.Address);
            for (var round = 0; round <= rounds; round++)
            {
                await Task.Delay(500, cancellation);
                var all = Task.WhenAll(readers.Select(reader => reader.EventAsync()));
                var start = Stopwatch.GetTimestamp();
                await new Organizations.OrganizationsClient(channel).UpdateOrganizationAsync(
                    new UpdateOrganizationRequest(), new Metadata { { "authorization", $"Bearer {token}" } }, DateTime.UtcNow.AddSeconds(10), cancellation);
                var arrivals = new Statistics((await all.WaitAsync(Limit, cancellation)).Select(at => Stopwatch.GetElapsedTime(start, at).TotalMilliseconds));
                // The first round is for the compiler.
                if (round > 0)
                    times.Add((arrivals.Percentile(1.0 / Streams), arrivals.Percentile(0.5), arrivals.Percentile(1)));
            }

            Console.WriteLine($"""
                {rounds} entries, median (least–greatest), milliseconds from the command

                | to the first | to half | to the last |
                | --- | --- | --- |
                | {new Statistics(times.Select(time => time.First)).Text("0")} | {new Statistics(times.Select(time => time.Half)).Text("0")} | {new Statistics(times.Select(time => time.Last)).Text("0")} |
                """);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{(gateway.Process.ProportionalKibibytes() - before) / (double)(Streams - 10):0.0} KiB a stream after that"));
        }
        finally
        {
            foreach (var reader in readers)
                reader.Dispose();
        }
    }

    /// <summary>An open stream.</summary>
    private sealed class Reader : IDisposable
    {
        private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        private readonly byte[] _buffer = new byte[2048];

        public static async Task<Reader> OpenAsync(Uri gateway, string token, CancellationToken cancellation)
        {
            var reader = new Reader();
            await reader._socket.ConnectAsync(IPAddress.Loopback, gateway.Port, cancellation);
            await reader._socket.SendAsync(
                Encoding.ASCII.GetBytes($"GET /v1/events HTTP/1.1\r\nHost: {gateway.Authority}\r\nAuthorization: Bearer {token}\r\n\r\n"), cancellation);
            // The id with which a stream begins.
            await reader.ReadToAsync("\nid: "u8.ToArray()).WaitAsync(Limit, cancellation);
            return reader;
        }

        /// <summary>When the next event came.</summary>
        public async Task<long> EventAsync()
        {
            await ReadToAsync("\ndata: "u8.ToArray());
            return Stopwatch.GetTimestamp();
        }

        public void Dispose() => _socket.Dispose();

        // What is looked for comes in one piece, since it is written in one.
        private async Task ReadToAsync(byte[] wanted)
        {
            while (await _socket.ReceiveAsync(_buffer) is > 0 and var read)
                if (_buffer.AsSpan(0, read).IndexOf(wanted) >= 0)
                    return;
            throw new NotMeasurableException("A stream ended.");
        }
    }
}
