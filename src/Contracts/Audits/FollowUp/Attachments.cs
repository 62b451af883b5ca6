using Delegation.Contracts.Annexes;
using Delegation.Contracts.Delegations;
using Delegation.Contracts.V1;
using Delegation.Persistence.Access;
using Delegation.Persistence.Commands;
using Delegation.Persistence.Files;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;
using Google.Api;
using Grpc.Core;

namespace Delegation.Contracts.Audits.FollowUp;

/// <summary>What the first message of a file says.</summary>
internal sealed record Attachment(SharedObjectIds Ids, AnnouncedFile File)
{
    public static Outcome<Attachment> Read(AttachEvidenceRequest request)
    {
        var violations = new List<FieldViolation>();
        var delegation = IdField.Read("delegation_id", request.DelegationId, violations);
        var asked = IdField.Read("evidence_request_id", request.EvidenceRequestId, violations);
        var file = AnnouncedFile.Read(request.FileName, request.File?.ContentType, request.Sha256, request.SizeBytes, violations);

        return violations.Count == 0
            ? new Outcome<Attachment>.Accepted(new Attachment(new SharedObjectIds(delegation!.Value, asked!.Value), file!))
            : new Outcome<Attachment>.Invalid(violations);
    }
}

/// <summary>Takes in a file of an answer, looks at it, and only then goes to the database with it. It may be as large as an annex.</summary>
internal sealed class Attachments(CommandRunner commands, FollowUpCommands followUp, TenantSessions sessions, AnnexOptions options)
{
    public async Task<EvidenceRequest> ReceiveAsync(IAsyncStreamReader<AttachEvidenceRequest> messages, ServerCallContext context)
    {
        var (caller, cancellationToken) = (context.Caller(), context.CancellationToken);
        var first = await messages.MoveNext(cancellationToken) ? messages.Current : new AttachEvidenceRequest();
        var attachment = Attachment.Read(first).ValueOrStatus();
        (await CheckAsync(caller, attachment, cancellationToken)).ValueOrStatus();

        await using var file = new ReceivedFile();
        await file.ReceiveAsync(messages, message => message.File, options.LargestFileBytes, cancellationToken);
        file.Violations(attachment.File.Type, attachment.File.Sha256, first.SizeBytes).ToArray().RefuseIfAny();

        // What a retry is compared by: the hash stands for the bytes.
        var request = new AttachEvidenceRequest(first) { Sha256 = attachment.File.Sha256, File = new HttpBody { ContentType = attachment.File.Type.MediaType } };
        return await commands.RunAsync(request, context, (session, token) => followUp.AttachAsync(session, attachment, file, token));
    }

    // Before the bytes are read, so that nobody sends a hundred megabytes in vain.
    private async Task<Outcome<EvidenceRow>> CheckAsync(Caller caller, Attachment attachment, CancellationToken cancellationToken)
    {
        await using var session = await sessions.OpenAsync(caller, cancellationToken);
        return await (await session.FindSharedDelegationAsync(attachment.Ids.Delegation, cancellationToken)).ThenAsync(async delegation =>
            await (await session.FindRequestAsync(delegation, attachment.Ids.Object, isLocked: false, cancellationToken)).ThenAsync(request => Task.FromResult(
                FollowUpRefusals.NotAsked(request, caller.Side) ?? FollowUpMoves.Attach(request, new EvidenceFile()))));
    }
}
