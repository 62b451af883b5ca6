using Delegation.Contracts.Annexes;
using Delegation.Persistence.Access;
using Delegation.Persistence.Commands;
using Delegation.Persistence.Files;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;
using Google.Api;
using Google.Protobuf;
using Grpc.Core;

namespace Delegation.Contracts.EvidenceFiles;

/// <summary>Takes in a file, looks at it, and only then goes to the database with it. It may be as large as an annex.</summary>
internal sealed class Attachments(CommandRunner commands, TenantSessions sessions, AnnexOptions options)
{
    /// <param name="messages">What is sent.</param>
    /// <param name="context">The call.</param>
    /// <param name="form">How the messages carry the file.</param>
    /// <param name="check">Refuses before the bytes are read, so that nobody sends a hundred megabytes in vain.</param>
    /// <param name="store">Stores a file that was found right.</param>
    public async Task<TAnswer> ReceiveAsync<TRequest, TAnswer>(
        IAsyncStreamReader<TRequest> messages, ServerCallContext context, FileMessages<TRequest> form, Func<TenantSession, Attachment, CancellationToken, Task> check,
        Func<TenantSession, Attachment, ReceivedFile, CancellationToken, Task<Outcome<TAnswer>>> store)
        where TRequest : class, IMessage<TRequest>, new()
        where TAnswer : class, IMessage<TAnswer>, new()
    {
        var cancellationToken = context.CancellationToken;
        var first = await messages.MoveNext(cancellationToken) ? messages.Current : new TRequest();
        var attachment = form.Read(first).ValueOrStatus();
        await using (var session = await sessions.OpenAsync(context.Caller(), cancellationToken))
            await check(session, attachment, cancellationToken);

        await using var file = new ReceivedFile();
        await file.ReceiveAsync(messages, form.FileOf, options.LargestFileBytes, cancellationToken);
        file.Violations(attachment.File.Type, attachment.File.Sha256, form.SizeOf(first)).ToArray().RefuseIfAny();

        var request = form.WithoutBytes(first, attachment.File.Sha256, new HttpBody { ContentType = attachment.File.Type.MediaType });
        return await commands.RunAsync(request, context, (session, token) => store(session, attachment, file, token));
    }
}
