using Delegation.Gateway.Tests.Protos;
using Grpc.Core;

namespace Delegation.Gateway.Tests.Hosts;

/// <summary>A real gRPC service that behaves as a test says. By default it echoes.</summary>
internal sealed class ProbeService : Probe.ProbeBase
{
    public Func<Message, ServerCallContext, Task<Message>> OnUnary { get; set; } = (request, _) => Task.FromResult(request);

    public Func<Message, IServerStreamWriter<Message>, ServerCallContext, Task> OnDownload { get; set; } =
        (request, answers, context) => answers.WriteAsync(request, context.CancellationToken);

    public Func<IAsyncStreamReader<Message>, ServerCallContext, Task<Message>> OnUpload { get; set; } = async (requests, context) =>
    {
        var bytes = 0L;
        await foreach (var request in requests.ReadAllAsync(context.CancellationToken))
            bytes += request.Data.Length;
        return new Message { Text = $"{bytes}" };
    };

    public Func<IAsyncStreamReader<Message>, IServerStreamWriter<Message>, ServerCallContext, Task> OnChat { get; set; } =
        async (requests, answers, context) =>
        {
            await foreach (var request in requests.ReadAllAsync(context.CancellationToken))
                await answers.WriteAsync(request, context.CancellationToken);
        };

    public override Task<Message> Unary(Message request, ServerCallContext context) => OnUnary(request, context);

    public override Task Download(Message request, IServerStreamWriter<Message> responseStream, ServerCallContext context) =>
        OnDownload(request, responseStream, context);

    public override Task<Message> Upload(IAsyncStreamReader<Message> requestStream, ServerCallContext context) => OnUpload(requestStream, context);

    public override Task Chat(IAsyncStreamReader<Message> requestStream, IServerStreamWriter<Message> responseStream, ServerCallContext context) =>
        OnChat(requestStream, responseStream, context);
}
