using Delegation.Interop.Tests.Server;
using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Client = Grpc.Testing.TestService.TestServiceClient;

namespace Delegation.Interop.Tests.StandIns;

/// <summary>A call made inside a server call: it takes over deadline and cancellation.</summary>
/// <remarks>The service below calls itself: one method serves the outer call by an inner one to another method.</remarks>
public sealed class ContextPropagationTests : IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly Witness _witness = new();
    private WebApplication _app = null!;
    private GrpcChannel _channel = null!;
    private Client _client = null!;

    public async Task InitializeAsync()
    {
        var builder = Loopback.CreateBuilder();
        builder.Services.AddSingleton(_witness);
        builder.Services.AddGrpcClient<Client>(options => options.Address = new Uri(_app.Urls.First())).EnableCallContextPropagation();
        _app = builder.Build();
        _app.MapGrpcService<CallingItself>();
        await _app.StartAsync();
        _channel = GrpcChannel.ForAddress(_app.Urls.First());
        _client = new Client(_channel);
    }

    public async Task DisposeAsync()
    {
        _channel.Dispose();
        await _app.DisposeAsync();
    }

    [Fact]
    public async Task The_inner_call_has_the_deadline_of_the_outer_one()
    {
        var deadline = DateTime.UtcNow.AddMinutes(5);
        await _client.UnaryCallAsync(new SimpleRequest(), deadline: deadline);
        Assert.Equal(deadline, await _witness.InnerDeadline.Task.WaitAsync(Limit), TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task An_earlier_deadline_of_the_inner_call_stays()
    {
        _witness.OwnDeadline = DateTime.UtcNow.AddMinutes(1);
        await _client.UnaryCallAsync(new SimpleRequest(), deadline: DateTime.UtcNow.AddMinutes(5));
        Assert.Equal(_witness.OwnDeadline.Value, await _witness.InnerDeadline.Task.WaitAsync(Limit), TimeSpan.FromSeconds(5));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_inner_stream_ends_with_the_outer_call(bool ownToken)
    {
        using var own = new CancellationTokenSource();
        using var cancel = new CancellationTokenSource();
        if (ownToken) _witness.OwnToken = own.Token;

        using var outer = _client.StreamingOutputCall(new StreamingOutputCallRequest(), cancellationToken: cancel.Token);
        await _witness.InnerBegan.Task.WaitAsync(Limit);
        await cancel.CancelAsync();

        await _witness.InnerCancelled.Task.WaitAsync(Limit);
    }

    [Fact]
    public async Task The_token_of_the_inner_call_still_ends_it()
    {
        using var own = new CancellationTokenSource();
        _witness.OwnToken = own.Token;

        using var outer = _client.StreamingOutputCall(new StreamingOutputCallRequest());
        await _witness.InnerBegan.Task.WaitAsync(Limit);
        await own.CancelAsync();

        await _witness.InnerCancelled.Task.WaitAsync(Limit);
    }

    [Fact]
    public async Task Outside_of_a_server_call_there_is_nothing_to_take_over_unless_that_was_allowed()
    {
        var inner = _app.Services.GetRequiredService<Client>();
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await inner.EmptyCallAsync(new Empty()));

        var services = new ServiceCollection();
        services.AddGrpcClient<Client>(options => options.Address = new Uri(_app.Urls.First()))
            .EnableCallContextPropagation(options => options.SuppressContextNotFoundErrors = true);
        await using var provider = services.BuildServiceProvider();
        await provider.GetRequiredService<Client>().EmptyCallAsync(new Empty());
    }

    [Fact]
    public void Only_a_gRPC_client_takes_over() =>
        Assert.Throws<InvalidOperationException>(() => new ServiceCollection().AddHttpClient("plain").EnableCallContextPropagation());

    private sealed class Witness
    {
        public DateTime? OwnDeadline { get; set; }

        public CancellationToken OwnToken { get; set; }

        public TaskCompletionSource<DateTime> InnerDeadline { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource InnerBegan { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource InnerCancelled { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private sealed class CallingItself(Client self, Witness witness) : TestService.TestServiceBase
    {
        // Outer and inner unary call.
        public override async Task<SimpleResponse> UnaryCall(SimpleRequest request, ServerCallContext context)
        {
            await self.EmptyCallAsync(new Empty(), deadline: witness.OwnDeadline, cancellationToken: witness.OwnToken);
            return new SimpleResponse();
        }

        public override Task<Empty> EmptyCall(Empty request, ServerCallContext context)
        {
            witness.InnerDeadline.TrySetResult(context.Deadline);
            return Task.FromResult(new Empty());
        }

        // Outer and inner stream.
        public override async Task StreamingOutputCall(
            StreamingOutputCallRequest request, IServerStreamWriter<StreamingOutputCallResponse> responseStream, ServerCallContext context)
        {
            using var inner = self.FullDuplexCall(cancellationToken: witness.OwnToken);
            await foreach (var response in inner.ResponseStream.ReadAllAsync()) await responseStream.WriteAsync(response);
        }

        public override async Task FullDuplexCall(
            IAsyncStreamReader<StreamingOutputCallRequest> requestStream,
            IServerStreamWriter<StreamingOutputCallResponse> responseStream,
            ServerCallContext context)
        {
            witness.InnerBegan.TrySetResult();
            try
            {
                await Task.Delay(Limit, context.CancellationToken);
            }
            catch (OperationCanceledException)
            {
                witness.InnerCancelled.TrySetResult();
            }
        }
    }
}
