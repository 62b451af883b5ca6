using Delegation.Interop.Tests.Server;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.ClientFactory;
using Grpc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Client = Grpc.Testing.TestService.TestServiceClient;

namespace Delegation.Interop.Tests.StandIns;

/// <summary>Clients from the container.</summary>
public sealed class ClientFactoryTests : IAsyncLifetime
{
    private readonly ServiceCollection _services = new();
    private InteropServer _server = null!;

    public async Task InitializeAsync() => _server = await InteropServer.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task Clients_are_made_at_each_resolve_and_share_one_channel()
    {
        var handlers = 0;
        _services.AddGrpcClient<Client>(options => options.Address = new Uri(_server.Address)).ConfigurePrimaryHttpMessageHandler(() =>
        {
            handlers++;
            return new SocketsHttpHandler();
        });
        await using var provider = _services.BuildServiceProvider();
        Client first = provider.GetRequiredService<Client>(), second = provider.GetRequiredService<Client>();

        await first.EmptyCallAsync(new Empty());
        await second.EmptyCallAsync(new Empty());

        Assert.NotSame(first, second);
        Assert.Equal(1, handlers);
    }

    [Fact]
    public async Task Names_have_channels_of_their_own()
    {
        var channels = new List<string>();
        foreach (var name in (string[])["a", "b"])
        {
            _services.AddGrpcClient<Client>(name, options => options.Address = new Uri(_server.Address))
                .ConfigureChannel(_ => channels.Add(name));
        }

        await using var provider = _services.BuildServiceProvider();
        var factory = provider.GetRequiredService<GrpcClientFactory>();
        foreach (var name in (string[])["a", "b", "a"]) await factory.CreateClient<Client>(name).EmptyCallAsync(new Empty());

        Assert.Equal(["a", "b"], channels);
    }

    [Fact]
    public async Task An_interceptor_lives_as_long_as_its_scope()
    {
        int ofChannel = 0, ofClient = 0;
        var seen = new List<string>();
        _services.AddGrpcClient<Client>((_, options) => options.Address = new Uri(_server.Address))
            .AddInterceptor(() => new Noting($"channel {++ofChannel}", seen))
            .AddInterceptor(InterceptorScope.Client, _ => new Noting($"client {++ofClient}", seen));
        await using var provider = _services.BuildServiceProvider();

        await provider.GetRequiredService<Client>().EmptyCallAsync(new Empty());
        await provider.GetRequiredService<Client>().EmptyCallAsync(new Empty());

        Assert.Equal(["client 1", "channel 1", "client 2", "channel 1"], seen);
    }

    [Fact]
    public async Task A_call_carries_what_its_options_were_given()
    {
        _services.AddGrpcClient<Client>(options =>
        {
            options.Address = new Uri(_server.Address);
            options.CallOptionsActions.Add(call => call.CallOptions = call.CallOptions.WithHeaders(
                [.. call.CallOptions.Headers!, new Metadata.Entry("x-grpc-test-echo-initial", "from the options")]));
        });
        await using var provider = _services.BuildServiceProvider();

        using var call = provider.GetRequiredService<Client>().UnaryCallAsync(new SimpleRequest(), []);
        await call;

        Assert.Equal("from the options", (await call.ResponseHeadersAsync).GetValue("x-grpc-test-echo-initial"));
    }

    [Fact]
    public async Task Credentials_need_TLS_or_an_explicit_word()
    {
        _services.AddGrpcClient<Client>("refused", options => options.Address = new Uri(_server.Address)).AddCallCredentials(Authenticate);
        _services.AddGrpcClient<Client>("taken", options => options.Address = new Uri(_server.Address)).AddCallCredentials(Authenticate)
            .ConfigureChannel(channel => channel.UnsafeUseInsecureChannelCallCredentials = true);
        await using var provider = _services.BuildServiceProvider();
        var factory = provider.GetRequiredService<GrpcClientFactory>();

        Assert.Throws<InvalidOperationException>(() => factory.CreateClient<Client>("refused"));
        using var call = factory.CreateClient<Client>("taken").UnaryCallAsync(new SimpleRequest());
        await call;
        Assert.Equal("a token", (await call.ResponseHeadersAsync).GetValue("x-grpc-test-echo-initial"));

        static Task Authenticate(AuthInterceptorContext context, Metadata metadata)
        {
            metadata.Add("x-grpc-test-echo-initial", "a token");
            return Task.CompletedTask;
        }
    }

    [Fact]
    public async Task A_creator_makes_the_client()
    {
        var invoker = new Answering();
        _services.AddGrpcClient<Client>(options => options.Address = new Uri(_server.Address))
            .ConfigureGrpcClientCreator(_ => new Client(invoker));
        await using var provider = _services.BuildServiceProvider();

        await provider.GetRequiredService<Client>().EmptyCallAsync(new Empty());

        Assert.Single(invoker.Calls);
    }

    [Fact]
    public async Task A_client_without_an_address_cannot_be_made()
    {
        _services.AddGrpcClient<Client>();
        await using var provider = _services.BuildServiceProvider();
        var error = Assert.Throws<InvalidOperationException>(() => provider.GetRequiredService<Client>());
        Assert.Contains("address", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_belongs_to_one_type_of_client()
    {
        _services.AddGrpcClient<Client>("name");
        Assert.Throws<InvalidOperationException>(() => _services.AddGrpcClient<UnimplementedService.UnimplementedServiceClient>("name"));
    }

    [Fact]
    public void Only_a_gRPC_client_takes_channel_options()
    {
        _services.AddGrpcClient<Client>();
        Assert.Throws<InvalidOperationException>(() => _services.AddHttpClient("plain").ConfigureChannel(_ => { }));
    }

    private sealed class Noting(string name, List<string> seen) : Interceptor
    {
        public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
            TRequest request, ClientInterceptorContext<TRequest, TResponse> context,
            AsyncUnaryCallContinuation<TRequest, TResponse> continuation)
        {
            seen.Add(name);
            return continuation(request, context);
        }
    }
}
