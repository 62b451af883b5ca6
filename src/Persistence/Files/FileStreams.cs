using System.Net.Mime;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Google.Api;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.Net.Http.Headers;

namespace Delegation.Persistence.Files;

/// <summary>Files in and out of gRPC calls, as streams of <c>google.api.HttpBody</c>.</summary>
public static class FileStreams
{
    /// <summary>Takes in what comes after the first message, and what that has; one message is in memory at a time.</summary>
    /// <param name="file">Gets the bytes.</param>
    /// <param name="messages">At the first message.</param>
    /// <param name="bytesOf">The bytes of a message.</param>
    /// <param name="most">How many bytes are taken.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="RpcException">INVALID_ARGUMENT (INVALID_FIELDS with FILE_TOO_LARGE), before more is read.</exception>
    public static async Task ReceiveAsync<T>(
        this ReceivedFile file, IAsyncStreamReader<T> messages, Func<T, HttpBody?> bytesOf, long most, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(messages);
        ArgumentNullException.ThrowIfNull(bytesOf);

        do
        {
            if (bytesOf(messages.Current)?.Data is not { IsEmpty: false } bytes)
                continue;
            if (file.Size + bytes.Length > most)
                new List<FieldViolation> { FileViolations.TooLarge(most) }.RefuseIfAny();

            await file.AddAsync(bytes.Memory, cancellationToken);
        }
        while (await messages.MoveNext(cancellationToken));
    }

    /// <summary>Sends a file with its type and, in the headers, its name: to be saved, and not to be shown as a page of the platform's.</summary>
    public static async Task SendAsync(
        this IServerStreamWriter<HttpBody> answers, ServerCallContext context, string name, string contentType, IAsyncEnumerable<byte[]> parts)
    {
        ArgumentNullException.ThrowIfNull(answers);
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(parts);

        var disposition = new ContentDispositionHeaderValue(DispositionTypeNames.Attachment);
        disposition.SetHttpFileName(name);
        await context.WriteResponseHeadersAsync(new Metadata { { "content-disposition", disposition.ToString() } });

        var type = contentType;
        await foreach (var part in parts.WithCancellation(context.CancellationToken))
        {
            await answers.WriteAsync(new HttpBody { ContentType = type, Data = UnsafeByteOperations.UnsafeWrap(part) }, context.CancellationToken);
            type = "";
        }
    }
}
