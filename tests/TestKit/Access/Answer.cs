using System.Text;
using Google.Protobuf;
using Google.Rpc;
using Grpc.Core;

namespace Delegation.TestKit.Access;

/// <summary>What a caller is told.</summary>
/// <param name="Code">The status.</param>
/// <param name="Reason">The stable reason of a refusal; empty with a result.</param>
/// <param name="Content">Everything in it but the trace id: the first message, or all where they were read, or the text and the details of the refusal.</param>
internal sealed record Answer(StatusCode Code, string Reason, string Content)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private static readonly Marshaller<byte[]> Bytes = Marshallers.Create(bytes => bytes, bytes => bytes);

    /// <summary>Makes a call; of a stream it keeps the first message.</summary>
    /// <param name="invoker">To the service.</param>
    /// <param name="rpc">As calls name it.</param>
    /// <param name="metadata">Who calls.</param>
    /// <param name="request">With what.</param>
    /// <param name="whole">Whether to read a stream to its end, when the service has done all that the call makes it do.</param>
    public static async Task<Answer> ToAsync(CallInvoker invoker, string rpc, Metadata metadata, IMessage request, bool whole = false)
    {
        // On the wire all kinds of calls look alike: messages go, messages come.
        var parts = rpc.Split('/');
        var method = new Method<byte[], byte[]>(MethodType.DuplexStreaming, parts[1], parts[2], Bytes, Bytes);
        using var call = invoker.AsyncDuplexStreamingCall(method, null, new CallOptions(metadata, DateTime.UtcNow + Limit));
        try
        {
            await call.RequestStream.WriteAsync(request.ToByteArray());
            await call.RequestStream.CompleteAsync();
        }
        catch (Exception over) when (over is RpcException or InvalidOperationException)
        {
            // It was refused before all was sent; reading tells how.
        }

        try
        {
            var content = new StringBuilder();
            for (var more = true; more && await call.ResponseStream.MoveNext(CancellationToken.None); more = whole)
                content.Append(Encoding.Latin1.GetString(call.ResponseStream.Current));

            return new Answer(StatusCode.OK, "", content.ToString());
        }
        catch (RpcException refused)
        {
            return Of(refused);
        }
    }

    /// <summary>The answer with an id made unrecognisable, of which it may speak.</summary>
    public Answer Without(string id) => this with { Content = Content.Replace(id, new string('0', id.Length), StringComparison.OrdinalIgnoreCase) };

    /// <inheritdoc/>
    public override string ToString() => Reason.Length == 0 ? $"{Code}" : $"{Code} {Reason}";

    private static Answer Of(RpcException refused)
    {
        if (refused.Trailers.GetValueBytes("grpc-status-details-bin") is not { } bytes)
            return new Answer(refused.StatusCode, "", refused.Status.Detail);

        var status = Google.Rpc.Status.Parser.ParseFrom(bytes);
        foreach (var trace in status.Details.Where(detail => detail.Is(RequestInfo.Descriptor)).ToArray())
            status.Details.Remove(trace);

        var reason = status.Details.FirstOrDefault(detail => detail.Is(ErrorInfo.Descriptor))?.Unpack<ErrorInfo>().Reason;
        return new Answer(refused.StatusCode, reason ?? "", refused.Status.Detail + Encoding.Latin1.GetString(status.ToByteArray()));
    }
}
