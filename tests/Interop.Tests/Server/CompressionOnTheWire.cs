using System.IO.Pipelines;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Delegation.Interop.Tests.Server;

/// <summary>
/// Reads the flag before each message that says whether it is compressed: neither side's library shows it, and a header that names a
/// compression does not mean that the message uses it. The server tells the client in a trailer what it sent.
/// </summary>
/// <seealso href="https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md#requests"/>
internal static class CompressionOnTheWire
{
    private const string ResponseTrailer = "x-interop-response-compressed";

    private static readonly object RequestKey = new();

    public static bool OfRequest(ServerCallContext context) => context.GetHttpContext().Items[RequestKey] is true;

    public static void UseCompressionOnTheWire(this WebApplication app) => app.Use(async (context, next) =>
    {
        // A stream may have no first message until the server answers; only unary calls are looked at.
        if (context.Request.Path.Value?.EndsWith("/UnaryCall", StringComparison.Ordinal) is not true)
        {
            await next(context);
            return;
        }

        context.Items[RequestKey] = await FirstFlag(context.Request.BodyReader, context.RequestAborted);
        var response = new FlagReadingBody(context.Features.GetRequiredFeature<IHttpResponseBodyFeature>());
        context.Features.Set<IHttpResponseBodyFeature>(response);
        await next(context);
        if (response.Flag is { } flag) context.Response.AppendTrailer(ResponseTrailer, flag ? "true" : "false");
    });

    private static async Task<bool> FirstFlag(PipeReader body, CancellationToken cancellationToken)
    {
        var read = await body.ReadAsync(cancellationToken);
        var flag = !read.Buffer.IsEmpty && read.Buffer.FirstSpan[0] == 1;
        // Nothing consumed, nothing examined: the service reads the same bytes.
        body.AdvanceTo(read.Buffer.Start);
        return flag;
    }

    private sealed class FlagReadingBody(IHttpResponseBodyFeature inner) : PipeWriter, IHttpResponseBodyFeature
    {
        private Memory<byte> _lent;

        public bool? Flag { get; private set; }

        public Stream Stream => inner.Stream;

        public PipeWriter Writer => this;

        public override bool CanGetUnflushedBytes => inner.Writer.CanGetUnflushedBytes;

        public override long UnflushedBytes => inner.Writer.UnflushedBytes;

        public override Memory<byte> GetMemory(int sizeHint = 0) => _lent = inner.Writer.GetMemory(sizeHint);

        public override Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

        public override void Advance(int bytes)
        {
            if (bytes > 0) Flag ??= _lent.Span[0] == 1;
            inner.Writer.Advance(bytes);
        }

        public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) =>
            inner.Writer.FlushAsync(cancellationToken);

        public override void CancelPendingFlush() => inner.Writer.CancelPendingFlush();

        public override void Complete(Exception? exception = null) => inner.Writer.Complete(exception);

        public void DisableBuffering() => inner.DisableBuffering();

        public Task StartAsync(CancellationToken cancellationToken = default) => inner.StartAsync(cancellationToken);

        public Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default) =>
            inner.SendFileAsync(path, offset, count, cancellationToken);

        public Task CompleteAsync() => inner.CompleteAsync();
    }
}
