using Delegation.Contracts.Delegations;
using Delegation.Contracts.V1;
using Delegation.Persistence.Access;
using Delegation.Persistence.Commands;
using Delegation.Persistence.Files;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;
using Google.Api;
using Grpc.Core;

namespace Delegation.Contracts.Annexes;

/// <summary>Takes in the file of a version, looks at it, and only then goes to the database with it.</summary>
internal sealed class AnnexUploads(CommandRunner commands, AnnexCommands annexes, TenantSessions sessions, AnnexOptions options)
{
    public async Task<AnnexVersion> ReceiveAsync(IAsyncStreamReader<UploadAnnexVersionRequest> messages, ServerCallContext context)
    {
        var (caller, cancellationToken) = (context.Caller(), context.CancellationToken);
        var first = await messages.MoveNext(cancellationToken) ? messages.Current : new UploadAnnexVersionRequest();
        var upload = Upload.Read(first).ValueOrStatus();
        (await CheckAsync(caller, upload, cancellationToken)).ValueOrStatus();

        await using var file = new ReceivedFile();
        await file.ReceiveAsync(messages, message => message.File, options.LargestFileBytes, cancellationToken);
        file.Violations(upload.File.Type, upload.File.Sha256, first.SizeBytes).ToArray().RefuseIfAny();

        // What a retry is compared by: the hash stands for the bytes.
        var request = new UploadAnnexVersionRequest(first) { Sha256 = upload.File.Sha256, File = new HttpBody { ContentType = upload.File.Type.MediaType } };
        return await commands.RunAsync(request, context, (session, token) => annexes.UploadAsync(session, upload, file, token));
    }

    // Before the bytes are read, so that nobody sends a hundred megabytes in vain.
    private async Task<Outcome<AnnexRow>> CheckAsync(Caller caller, Upload upload, CancellationToken cancellationToken)
    {
        await using var session = await sessions.OpenAsync(caller, cancellationToken);
        return await (await session.FindSharedDelegationAsync(upload.Ids.Delegation, cancellationToken)).ThenAsync(async delegation =>
            await (await session.FindAnnexAsync(delegation, upload.Ids.Object, cancellationToken)).ThenAsync(annex => Task.FromResult(
                delegation.Closed<AnnexRow>() ?? AnnexRefusals.NotProvidedBy<AnnexRow>(annex, caller.Side) ?? new Outcome<AnnexRow>.Accepted(annex))));
    }
}
