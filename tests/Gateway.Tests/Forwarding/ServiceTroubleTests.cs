using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Delegation.Gateway.Tests.Hosts;
using Delegation.Gateway.Tests.Protos;
using Google.Rpc;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Delegation.Gateway.Tests.Forwarding;

public sealed class ServiceTroubleTests
{
    private const string Path = "/delegation.probe.v1.Probe/Unary";

    [Fact]
    public async Task A_service_that_is_down_is_unavailable_and_the_answer_says_so_in_both_languages()
    {
        await using var gateway = await GatewayHost.StartAsync([$"http://127.0.0.1:{FreePort()}"]);

        var english = await FailAsync(gateway.Client.UnaryAsync(new Message()));
        var french = await FailAsync(gateway.Client.UnaryAsync(new Message(), new Metadata { { "accept-language", "fr-FR,fr;q=0.9" } }));

        Assert.Equal(StatusCode.Unavailable, english.StatusCode);
        Assert.Equal("SERVICE_UNAVAILABLE", english.Reason());
        Assert.Equal("delegation", english.Detail<ErrorInfo>()?.Domain);
        Assert.Equal(32, english.Detail<RequestInfo>()?.RequestId.Length);
        Assert.Equal(english.Status.Detail, english.Detail<LocalizedMessage>()?.Message);
        Assert.Equal("fr", french.Detail<LocalizedMessage>()?.Locale);
        Assert.Contains("inaccessible", french.Detail<LocalizedMessage>()?.Message, StringComparison.Ordinal);
        Assert.Contains(gateway.Logs.Entries, entry => entry.EventId.Name == "CallNotAnswered" && entry.Level == LogLevel.Warning);
    }

    [Fact]
    public async Task The_status_comes_in_the_headers_when_there_is_nothing_else()
    {
        await using var gateway = await GatewayHost.StartAsync([$"http://127.0.0.1:{FreePort()}"]);
        using var raw = new RawCall();

        using var answer = await raw.SendAsync(gateway.GrpcAddress, Path, new Message());

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("application/grpc", answer.Content.Headers.ContentType?.ToString());
        Assert.Equal("14", Assert.Single(answer.Headers.GetValues("grpc-status")));
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync());
        Assert.Empty(answer.TrailingHeaders);
    }

    [Fact]
    public async Task A_service_that_comes_back_is_used_at_once()
    {
        var port = FreePort();
        await using var gateway = await GatewayHost.StartAsync([$"http://127.0.0.1:{port}"]);
        await FailAsync(gateway.Client.UnaryAsync(new Message()));

        await using var service = await ServiceHost.StartAsync(port: port);

        await gateway.Client.UnaryAsync(new Message()).ResponseAsync.Within(10);
    }

    [Fact]
    public async Task A_service_that_is_restarted_under_load_is_unavailable_for_a_moment_and_nothing_worse()
    {
        const int Restarts = 5;
        var port = FreePort();
        var service = await ServiceHost.StartAsync(port: port);
        await using var gateway = await GatewayHost.StartAsync([$"http://127.0.0.1:{port}"]);
        var seen = new ConcurrentDictionary<StatusCode, int>();
        using var end = new CancellationTokenSource();
        var callers = Enumerable.Range(0, 16).Select(_ => Task.Run(async () =>
        {
            while (!end.IsCancellationRequested)
                seen.AddOrUpdate(await StatusOfCallAsync(gateway), 1, (_, count) => count + 1);
        })).ToArray();

        for (var i = 0; i < Restarts; i++)
        {
            await Task.Delay(200);
            await service.DisposeAsync();
            service = await ServiceHost.StartAsync(port: port);
        }

        await end.CancelAsync();
        await Task.WhenAll(callers).Within(20);
        await service.DisposeAsync();
        Assert.Equal([StatusCode.OK, StatusCode.Unavailable], seen.Keys.Order());
    }

    [Fact]
    public async Task A_service_that_dies_in_the_middle_of_a_stream_is_unavailable_and_what_it_sent_before_arrives()
    {
        var probe = new ProbeService
        {
            OnDownload = async (request, answers, context) =>
            {
                await answers.WriteAsync(request, context.CancellationToken);
                await Task.Delay(Timeout.Infinite, context.CancellationToken);
            },
        };
        var service = await ServiceHost.StartAsync(probe);
        await using var gateway = await GatewayHost.StartAsync([service.Address]);
        using var call = gateway.Client.Download(new Message { Text = "premier" });
        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None).Within(10));
        Assert.Equal("premier", call.ResponseStream.Current.Text);

        await service.DisposeAsync();
        var error = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(CancellationToken.None).Within(10));

        Assert.Equal(StatusCode.Unavailable, error.StatusCode);
        Assert.Equal("SERVICE_UNAVAILABLE", error.Reason());
    }

    [Theory] // https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md#errors
    [InlineData(0x2, StatusCode.Internal)]
    [InlineData(0x7, StatusCode.Unavailable)]
    [InlineData(0x8, StatusCode.Cancelled)]
    [InlineData(0xb, StatusCode.ResourceExhausted)]
    public async Task A_stream_that_the_service_resets_has_the_status_that_the_reset_stands_for(int reset, StatusCode expected)
    {
        await using var service = await ServiceHost.StartAsync(raw: context =>
        {
            context.Features.GetRequiredFeature<IHttpResetFeature>().Reset(reset);
            return Task.FromResult(true);
        });
        await using var gateway = await GatewayHost.StartAsync([service.Address]);

        var error = await FailAsync(gateway.Client.UnaryAsync(new Message()));

        Assert.Equal(expected, error.StatusCode);
    }

    [Fact]
    public async Task A_reset_in_the_middle_of_an_answer_ends_it_with_trailers()
    {
        var received = new TaskCompletionSource();
        await using var service = await ServiceHost.StartAsync(raw: async context =>
        {
            context.Response.ContentType = "application/grpc";
            await context.Response.Body.WriteAsync(new byte[] { 0, 0, 0 });
            await context.Response.Body.FlushAsync();
            await received.Task;
            context.Features.GetRequiredFeature<IHttpResetFeature>().Reset(0x2);
            return true;
        });
        await using var gateway = await GatewayHost.StartAsync([service.Address]);
        using var raw = new RawCall();

        using var answer = await raw.SendAsync(gateway.GrpcAddress, Path, new Message());
        received.SetResult();
        _ = await answer.Content.ReadAsByteArrayAsync().Within(10);

        Assert.Equal("13", Assert.Single(answer.TrailingHeaders.GetValues("grpc-status")));
    }

    [Fact]
    public async Task An_answer_that_is_not_grpc_passes_as_it_is()
    {
        await using var service = await ServiceHost.StartAsync(raw: context =>
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return Task.FromResult(true);
        });
        await using var gateway = await GatewayHost.StartAsync([service.Address]);

        var error = await FailAsync(gateway.Client.UnaryAsync(new Message()));

        // The client's own reading of HTTP 503.
        Assert.Equal(StatusCode.Unavailable, error.StatusCode);
    }

    private static async Task<StatusCode> StatusOfCallAsync(GatewayHost gateway)
    {
        try
        {
            await gateway.Client.UnaryAsync(new Message(), deadline: DateTime.UtcNow.AddSeconds(10));
            return StatusCode.OK;
        }
        catch (RpcException error)
        {
            return error.StatusCode;
        }
    }

    private static Task<RpcException> FailAsync(AsyncUnaryCall<Message> call) =>
        Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync.Within(10));

    /// <summary>A port that nobody listens on.</summary>
    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
