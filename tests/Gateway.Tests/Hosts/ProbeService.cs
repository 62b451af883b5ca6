using System.Security.Cryptography;
using Delegation.Gateway.Tests.Protos;
using Google.Api;
using Google.Protobuf;
using Grpc.Core;
using File = Delegation.Gateway.Tests.Protos.File;

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

    public Func<Wide, ServerCallContext, Task<Wide>> OnWiden { get; set; } = (request, _) => Task.FromResult(request);

    public Func<IAsyncStreamReader<File>, ServerCallContext, Task<File>> OnSend { get; set; } = async (requests, context) =>
    {
        var received = new File { Content = new HttpBody() };
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await foreach (var request in requests.ReadAllAsync(context.CancellationToken))
        {
            received.Name += request.Name;
            received.RequestId += request.RequestId;
            received.Content.ContentType += request.Content.ContentType;
            received.Length += request.Content.Data.Length;
            hash.AppendData(request.Content.Data.Span);
        }

        received.Sha256 = Convert.ToHexStringLower(hash.GetHashAndReset());
        return received;
    };

    public Func<File, IServerStreamWriter<HttpBody>, ServerCallContext, Task> OnFetch { get; set; } =
        (request, answers, context) => answers.WriteAsync(request.Content ?? new HttpBody(), context.CancellationToken);

    public override Task<Wide> Widen(Wide request, ServerCallContext context) => OnWiden(request, context);

    public override Task<File> Send(IAsyncStreamReader<File> requestStream, ServerCallContext context) => OnSend(requestStream, context);

    public override async Task<File> SendBytes(IAsyncStreamReader<HttpBody> requestStream, ServerCallContext context)
    {
        var received = new File { Content = new HttpBody() };
        await foreach (var request in requestStream.ReadAllAsync(context.CancellationToken))
        {
            received.Content.ContentType += request.ContentType;
            received.Length += request.Data.Length;
        }

        return received;
    }

    public override Task<File> SendSmall(File request, ServerCallContext context)
    {
        request.Length = request.Content.Data.Length;
        return Task.FromResult(request);
    }

    public override Task Fetch(File request, IServerStreamWriter<HttpBody> responseStream, ServerCallContext context) =>
        OnFetch(request, responseStream, context);

    public override Task<HttpBody> FetchSmall(File request, ServerCallContext context) =>
        Task.FromResult(new HttpBody { ContentType = "text/plain", Data = ByteString.CopyFromUtf8(request.Name) });

    public override Task<Message> Search(Message request, ServerCallContext context) => Task.FromResult(request);

    public override Task<Message> Unary(Message request, ServerCallContext context) => OnUnary(request, context);

    public override Task Download(Message request, IServerStreamWriter<Message> responseStream, ServerCallContext context) =>
        OnDownload(request, responseStream, context);

    public override Task<Message> Upload(IAsyncStreamReader<Message> requestStream, ServerCallContext context) => OnUpload(requestStream, context);

    public override Task Chat(IAsyncStreamReader<Message> requestStream, IServerStreamWriter<Message> responseStream, ServerCallContext context) =>
        OnChat(requestStream, responseStream, context);
}
