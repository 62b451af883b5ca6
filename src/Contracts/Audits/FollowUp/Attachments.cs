using Delegation.Contracts.Annexes;
using Delegation.Contracts.Delegations;
using Delegation.Contracts.V1;
using Delegation.Persistence.Access;
using Delegation.Persistence.Commands;
using Delegation.Persistence.Files;
using Delegation.Persistence.Journal;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;
using Delegation.ServiceDefaults.Time;
using Google.Api;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Delegation.Contracts.Audits.FollowUp;

/// <summary>What the first message of a file says.</summary>
internal sealed record Attachment(SharedObjectIds Ids, AnnouncedFile File)
{
    /// <param name="delegationId">The field <c>delegation_id</c>.</param>
    /// <param name="of">The field that says to what the file belongs, as <c>control_id</c>, and what it holds.</param>
    /// <param name="name">The field <c>file_name</c>.</param>
    /// <param name="contentType">The media type in the field <c>file</c>.</param>
    /// <param name="sha256">The field <c>sha256</c>.</param>
    /// <param name="size">The field <c>size_bytes</c>.</param>
    public static Outcome<Attachment> Read(string delegationId, (string Field, string Id) of, string name, string? contentType, string sha256, long size)
    {
        var violations = new List<FieldViolation>();
        var delegation = IdField.Read("delegation_id", delegationId, violations);
        var id = IdField.Read(of.Field, of.Id, violations);
        var file = AnnouncedFile.Read(name, contentType, sha256, size, violations);

        return violations.Count == 0
            ? new Outcome<Attachment>.Accepted(new Attachment(new SharedObjectIds(delegation!.Value, id!.Value), file!))
            : new Outcome<Attachment>.Invalid(violations);
    }
}

/// <summary>How the messages of an rpc carry a file.</summary>
/// <param name="Read">Reads the first message.</param>
/// <param name="FileOf">The bytes of a message.</param>
/// <param name="SizeOf">The size that the first message says.</param>
/// <param name="WithoutBytes">The first message as a retry is compared by: the hash stands for the bytes.</param>
internal sealed record FileMessages<T>(Func<T, Outcome<Attachment>> Read, Func<T, HttpBody?> FileOf, Func<T, long> SizeOf, Func<T, string, HttpBody, T> WithoutBytes);

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

/// <summary>Files that evidence is made of, in the database.</summary>
internal static class StoredEvidence
{
    /// <summary>Stores a file that was received and found right, and says what it is.</summary>
    public static async Task<EvidenceFile> StoreEvidenceAsync(
        this TenantSession session, SharedDelegation delegation, Visibility visibility, Attachment attachment, ReceivedFile file, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var id = NewId.At(now);
        await session.StoreFileAsync(new FileParty(delegation.InsurerId, delegation.Id, delegation.DelegateId, visibility), id, file, now.InMicroseconds(), cancellationToken);
        return new EvidenceFile
        {
            Id = id.ToString(), FileName = attachment.File.Name, ContentType = attachment.File.Type.MediaType, SizeBytes = file.Size, Sha256 = file.Sha256,
            PersonId = session.Caller.PersonId.ToString(), UploadTime = Timestamp.FromDateTime(now.InMicroseconds()),
        };
    }
}
