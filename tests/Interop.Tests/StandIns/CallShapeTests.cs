using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Testing;

namespace Delegation.Interop.Tests.StandIns;

/// <summary>What calls, options, interceptors and definitions of services do without any transport.</summary>
public sealed class CallShapeTests
{
    [Fact]
    public void Changed_options_leave_the_old_ones_as_they_were()
    {
        var deadline = new DateTime(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        var old = new CallOptions([new Metadata.Entry("k", "v")], deadline);

        var changed = old.WithDeadline(deadline.AddDays(1)).WithWaitForReady();

        Assert.Equal(deadline, old.Deadline);
        Assert.False(old.IsWaitForReady);
        Assert.Equal(deadline.AddDays(1), changed.Deadline);
        Assert.Same(old.Headers, changed.Headers);
    }

    [Fact]
    public async Task The_first_interceptor_of_a_list_sees_a_call_first()
    {
        var seen = new List<string>();
        var client = new TestService.TestServiceClient(new Answering().Intercept(new Noting("outer", seen), new Noting("inner", seen)));

        await client.EmptyCallAsync(new Empty());

        Assert.Equal(["outer", "inner"], seen);
    }

    [Fact]
    public void A_client_without_a_channel_refuses_to_call() =>
        Assert.ThrowsAny<SystemException>(() => new DoubleOfClient().EmptyCallAsync(new Empty()));

    [Fact]
    public void A_service_has_each_method_once()
    {
        var marshaller = Marshallers.Create(_ => [], _ => new Empty());
        var method = new Method<Empty, Empty>(MethodType.Unary, "package.Service", "Method", marshaller, marshaller);
        UnaryServerMethod<Empty, Empty> handler = (request, _) => Task.FromResult(request);
        var builder = ServerServiceDefinition.CreateBuilder().AddMethod(method, handler);

        Assert.Equal("/package.Service/Method", method.FullName);
        Assert.Throws<ArgumentException>(() => builder.AddMethod(method, handler));
    }

    [Fact]
    public void A_generated_service_announces_all_its_methods()
    {
        var announced = new Announced();
        TestService.BindService(new DoubleOfService()).BindService(announced);
        Assert.Equal(TestService.Descriptor.Methods.Select(method => method.Name), announced.Names);
    }

    [Fact]
    public void The_status_of_an_exception_is_in_its_message()
    {
        var cause = new TimeoutException("too late");
        var error = new RpcException(new Status(StatusCode.Unavailable, "gone", cause));

        Assert.Equal(StatusCode.Unavailable, error.StatusCode);
        Assert.Same(cause, error.InnerException);
        Assert.Contains("Unavailable", error.Message, StringComparison.Ordinal);
        Assert.Contains("gone", error.Message, StringComparison.Ordinal);
        Assert.Empty(error.Trailers);
    }

    private sealed class DoubleOfClient : TestService.TestServiceClient;

    private sealed class DoubleOfService : TestService.TestServiceBase;

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

    private sealed class Announced : ServiceBinderBase
    {
        public List<string> Names { get; } = [];

        public override void AddMethod<TRequest, TResponse>(
            Method<TRequest, TResponse> method, UnaryServerMethod<TRequest, TResponse>? handler) => Names.Add(method.Name);

        public override void AddMethod<TRequest, TResponse>(
            Method<TRequest, TResponse> method, ClientStreamingServerMethod<TRequest, TResponse>? handler) => Names.Add(method.Name);

        public override void AddMethod<TRequest, TResponse>(
            Method<TRequest, TResponse> method, ServerStreamingServerMethod<TRequest, TResponse>? handler) => Names.Add(method.Name);

        public override void AddMethod<TRequest, TResponse>(
            Method<TRequest, TResponse> method, DuplexStreamingServerMethod<TRequest, TResponse>? handler) => Names.Add(method.Name);
    }
}
