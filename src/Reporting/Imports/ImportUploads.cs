using Delegation.Persistence.Access;
using Delegation.Persistence.Commands;
using Delegation.Persistence.Files;
using Delegation.Persistence.Tenancy;
using Delegation.Reporting.V1;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;
using Google.Api;
using Grpc.Core;

namespace Delegation.Reporting.Imports;

/// <summary>Takes in the file of an import, looks at it, and only then goes to the database with it: a slow caller holds no connection.</summary>
internal sealed class ImportUploads(CommandRunner commands, ImportCommands imports, TenantSessions sessions, ImportOptions options, TimeProvider clock, ILogger<ImportUploads> logger)
{
    private static readonly string[] Gzip = ["application/gzip", "application/x-gzip"];

    public async Task<Import> ReceiveAsync(IAsyncStreamReader<UploadImportFileRequest> messages, ServerCallContext context)
    {
        var (caller, cancellationToken) = (context.Caller(), context.CancellationToken);
        var first = await messages.MoveNext(cancellationToken) ? messages.Current : new UploadImportFileRequest();
        var import = await FindAsync(caller, first, cancellationToken);
        if (ImportCommands.Answered(import) is { } answer)
        {
            var applied = answer.ValueOrStatus();
            await PassOverAsync(messages, cancellationToken);
            return applied;
        }

        await using var file = new ReceivedFile();
        await using var progress = new UploadProgress(sessions, caller, import, clock, logger);
        await file.ReceiveAsync(messages, message => Counted(message, progress), options.LargestFileBytes, cancellationToken);
        Refuse(file.Size == 0 ? FileFault.Empty : file.Sha256 != import.Sha256 ? FileFault.HashDiffers : null);
        progress.Step = ImportProgress.Types.Step.Reading;
        var incoming = await IncomingFile.OpenAsync(file, import.IsCompressed, options, cancellationToken);

        // What a retry is compared by: the import stands for the bytes.
        var request = new UploadImportFileRequest(first) { File = new HttpBody { ContentType = first.File.ContentType } };
        return await commands.RunAsync(
            caller, request, context.Method, (session, token) => imports.ApplyAsync(session, import, incoming, progress, token), cancellationToken);
    }

    // Before the bytes are read, so that nobody sends a gigabyte in vain.
    private async Task<ImportRow> FindAsync(Caller caller, UploadImportFileRequest first, CancellationToken cancellationToken)
    {
        var violations = new List<FieldViolation>();
        var delegationId = IdField.Read("delegation_id", first.DelegationId, violations);
        var importId = IdField.Read("import_id", first.ImportId, violations);
        var type = (first.File?.ContentType ?? "").Split(';')[0].Trim();
        if (type.Length == 0)
            violations.Add(FileFault.TypeRequired);
        else if (type != "text/csv" && !Gzip.Contains(type))
            violations.Add(FileFault.TypeDiffers);
        violations.RefuseIfAny();

        await using var session = await sessions.OpenAsync(caller, cancellationToken);
        var delegation = (await session.FindDelegationAsync(delegationId!.Value, cancellationToken)).ValueOrStatus();
        var import = (await session.FindImportAsync(delegation, importId!.Value, cancellationToken)).ValueOrStatus();
        delegation.Closed<Import>()?.ValueOrStatus();
        Refuse(import.IsCompressed == Gzip.Contains(type) ? null : FileFault.TypeDiffers);
        return import;
    }

    // Many clients take an answer that comes while they still send for a broken connection: a refusal may look so, a success must not.
    private async Task PassOverAsync(IAsyncStreamReader<UploadImportFileRequest> messages, CancellationToken cancellationToken)
    {
        for (var size = 0L; size <= options.LargestFileBytes && await messages.MoveNext(cancellationToken);)
            size += messages.Current.File?.Data.Length ?? 0;
    }

    private static HttpBody? Counted(UploadImportFileRequest message, UploadProgress progress)
    {
        progress.ReceivedBytes += message.File?.Data.Length ?? 0;
        return message.File;
    }

    private static void Refuse(FieldViolation? violation)
    {
        if (violation is not null)
            new List<FieldViolation> { violation }.RefuseIfAny();
    }
}
