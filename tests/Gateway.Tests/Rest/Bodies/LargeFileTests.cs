using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Delegation.Gateway.Rest.Calls;
using Delegation.Gateway.Tests.Hosts;
using Google.Api;
using Google.Protobuf;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using File = Delegation.Gateway.Tests.Protos.File;

namespace Delegation.Gateway.Tests.Rest.Bodies;

/// <summary>1 GB up and down in constant memory: of this process, in which the caller and the gateway run, and of the service.</summary>
[Collection(nameof(AloneOnTheMachine))]
public sealed class LargeFileTests
{
    private const long Length = 1_000_000_000;
    private const long MostGrowth = 50_000_000;

    // What the collector lets them have before it collects; only what grows after that grows with the file.
    private const long WarmUp = 100_000_000;

    [Fact]
    public async Task A_gigabyte_goes_up_in_constant_memory()
    {
        // Bare, since a gRPC server makes an array of each message, and this is about the gateway.
        await using var service = await ServiceHost.StartAsync(raw: TakeAsync);
        await using var gateway = await GatewayHost.StartAsync([service.Address]);
        using var client = new HttpClient { Timeout = TimeSpan.FromMinutes(3) };

        await SendAsync(WarmUp);
        using var memory = new MemoryWatch();
        var received = await SendAsync(Length);

        Assert.InRange(received, Length, Length + (Length / 1000));
        Assert.InRange(memory.Growth, 0, MostGrowth);

        async Task<long> SendAsync(long length)
        {
            using var content = new Zeros(length);
            using var answer = await client.PutAsync(new Uri(gateway.HttpAddress, "/v1/files/large"), content);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            return long.Parse(JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("length").GetString()!);
        }
    }

    [Fact]
    public async Task A_gigabyte_comes_down_in_constant_memory_at_the_speed_of_its_reader()
    {
        var chunk = new HttpBody { ContentType = "application/octet-stream", Data = ByteString.CopyFrom(new byte[200_000]) };
        var sent = 0L;
        var probe = new ProbeService
        {
            OnFetch = async (request, answers, context) =>
            {
                for (Interlocked.Exchange(ref sent, 0); Interlocked.Read(ref sent) < request.Length; Interlocked.Add(ref sent, chunk.Data.Length))
                    await answers.WriteAsync(chunk, context.CancellationToken);
            },
        };
        await using var service = await ServiceHost.StartAsync(probe);
        await using var gateway = await GatewayHost.StartAsync([service.Address]);
        using var client = new HttpClient { Timeout = TimeSpan.FromMinutes(3) };

        await FetchAsync(WarmUp, pause: false);
        using var memory = new MemoryWatch();
        var received = await FetchAsync(Length, pause: true);

        Assert.Equal(Length, received);
        Assert.InRange(memory.Growth, 0, MostGrowth);

        async Task<long> FetchAsync(long length, bool pause)
        {
            using var answer = await client.GetAsync(new Uri(gateway.HttpAddress, $"/v1/files/large?length={length}"), HttpCompletionOption.ResponseHeadersRead);
            await using var body = await answer.Content.ReadAsStreamAsync();
            if (pause)
            {
                await Task.Delay(1000);
                Assert.InRange(Interlocked.Read(ref sent), 0, MostGrowth);
            }

            var (buffer, total) = (new byte[81920], 0L);
            while (await body.ReadAsync(buffer) is > 0 and var read)
                total += read;
            return total;
        }
    }

    [Fact]
    public async Task A_gigabyte_goes_up_and_down_through_gateway_and_service_in_constant_memory_of_both()
    {
        var port = OwnProcess.FreePort();
        await using var service = await OwnProcess.ServiceAsync(port, "probe");
        await using var gateway = await GatewayHost.StartAsync([$"http://127.0.0.1:{port}"]);
        using var client = new HttpClient { Timeout = TimeSpan.FromMinutes(3) };

        await UpAndDownAsync(WarmUp);
        using var memory = new MemoryWatch(service);
        await UpAndDownAsync(Length);

        Assert.InRange(memory.Growth, 0, MostGrowth);

        async Task UpAndDownAsync(long length)
        {
            using var content = new Zeros(length);
            using var answer = await client.PutAsync(new Uri(gateway.HttpAddress, "/v1/files/large"), content);
            Assert.Equal($"{length}", JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("length").GetString());

            using var file = await client.GetAsync(new Uri(gateway.HttpAddress, $"/v1/files/large?length={length}"), HttpCompletionOption.ResponseHeadersRead);
            await using var body = await file.Content.ReadAsStreamAsync();
            var (buffer, total) = (new byte[81920], 0L);
            while (await body.ReadAsync(buffer) is > 0 and var read)
                total += read;
            Assert.InRange(total, length, length + 256 * 1024);
        }
    }

    private static async Task<bool> TakeAsync(HttpContext context)
    {
        context.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = null;
        var (buffer, total) = (new byte[65536], 0L);
        while (await context.Request.Body.ReadAsync(buffer) is > 0 and var read)
            total += read;
        context.Response.ContentType = "application/grpc";
        await context.Response.Body.WriteAsync(GrpcFrames.Of(new File { Length = total }));
        context.Response.AppendTrailer("grpc-status", "0");
        return true;
    }

    private sealed class Zeros : HttpContent
    {
        private readonly long _length;

        public Zeros(long length)
        {
            _length = length;
            Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        }

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            var buffer = new byte[100_000];
            for (var sent = 0L; sent < _length; sent += buffer.Length)
                await stream.WriteAsync(buffer);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = _length;
            return true;
        }
    }

    /// <summary>The most that the working set grows by while it is watched: of this process, and of another with it.</summary>
    private sealed class MemoryWatch : IDisposable
    {
        private readonly OwnProcess? _other;
        private readonly long _start;
        private readonly Timer _timer;
        private long _most;

        public MemoryWatch(OwnProcess? other = null)
        {
            _other = other;
            _most = _start = Now();
            _timer = new Timer(_ => Look(), null, 0, 50);
        }

        public long Growth
        {
            get
            {
                Look();
                return Interlocked.Read(ref _most) - _start;
            }
        }

        public void Dispose() => _timer.Dispose();

        private void Look() => Interlocked.Exchange(ref _most, Math.Max(Now(), Interlocked.Read(ref _most)));

        private long Now()
        {
            using var process = Process.GetCurrentProcess();
            return process.WorkingSet64 + (_other?.WorkingSet ?? 0);
        }
    }
}

/// <summary>Tests that measure this process run after all others, one by one.</summary>
[CollectionDefinition(nameof(AloneOnTheMachine), DisableParallelization = true)]
public sealed class AloneOnTheMachine;
