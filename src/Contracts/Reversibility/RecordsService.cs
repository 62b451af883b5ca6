using System.Net.Http.Headers;
using Delegation.Contracts.Delegations;
using Delegation.Contracts.V1;
using Delegation.Persistence.Access;
using Delegation.Persistence.Commands;
using Delegation.Persistence.DueWork;
using Delegation.Persistence.Files;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;
using Delegation.ServiceDefaults.Time;
using Google.Api;
using Grpc.Core;

namespace Delegation.Contracts.Reversibility;

/// <summary>The rpcs of <c>delegation.contracts.v1.ExitRecords</c>. What each means is in the contract.</summary>
internal sealed class RecordsService(CommandRunner runner, TenantSessions sessions, ExitCommands commands, RecordArchive archive, TimeProvider clock) : ExitRecords.ExitRecordsBase
{
    public override async Task DownloadExitRecord(DownloadExitRecordRequest request, IServerStreamWriter<HttpBody> responseStream, ServerCallContext context)
    {
        var (caller, cancellation) = (context.Caller(), context.CancellationToken);
        var (delegation, row) = await FrozenAsync(caller, request, cancellation);
        var name = new ContentDispositionHeaderValue("attachment") { FileName = $"delegation-{delegation.Id}.zip" };
        await context.WriteResponseHeadersAsync(new Metadata { { "content-disposition", name.ToString() } });

        var answer = new AnswerStream(responseStream, "application/zip", cancellation);
        var manifest = await archive.WriteAsync(answer, delegation, row.Id, caller.Side.Code(), cancellation);
        await KeepAsync(caller, row, manifest, cancellation);
        await answer.SendAsync();
    }

    public override Task<Exit> AcceptExitRecord(AcceptExitRecordRequest request, ServerCallContext context)
    {
        var violations = new List<FieldViolation>();
        if (Signature.Signatories.MalformedHash("manifest_sha256", request.ManifestSha256) is { } malformed)
            violations.Add(malformed);
        IdField.Read("delegation_id", request.DelegationId, violations);
        IdField.Read("exit_id", request.ExitId, violations);
        violations.RefuseIfAny();

        var manifest = request.ManifestSha256.ToLowerInvariant();
        return runner.RunAsync(request, context, async (session, cancellation) =>
        {
            var isKnown = await session.IsArchiveKnownAsync(request.DelegationId, request.ExitId, manifest, cancellation);
            return await commands.ChangeAsync(
                session, request.DelegationId, request.ExitId, request.Etag,
                (exit, _, caller, now) => RecordMoves.Accept(exit, manifest, isKnown, caller, now), exit => new ExitRecordAccepted { Exit = exit }, cancellation);
        });
    }

    public override Task<Exit> DestroyCopies(DestroyCopiesRequest request, ServerCallContext context) => runner.RunAsync(request, context, async (session, cancellation) =>
        {
            var ordered = await commands.ChangeAsync(
                session, request.DelegationId, request.ExitId, request.Etag, (exit, _, caller, now) => RecordMoves.Order(exit, caller, now),
                exit => new ExitDestructionOrdered { Exit = exit }, cancellation);
            return await ordered.ThenAsync(async exit =>
            {
                await session.ScheduleAsync(
                    Destruction.WorkKind, session.Caller.OrganizationId, Guid.Parse(exit.DelegationId), Guid.Parse(exit.Id), clock.GetUtcNow(), cancellation);
                return (Outcome<Exit>)new Outcome<Exit>.Accepted(exit);
            });
        });

    public override async Task DownloadDestructionCertificate(
        DownloadDestructionCertificateRequest request, IServerStreamWriter<HttpBody> responseStream, ServerCallContext context)
    {
        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var (_, row) = await session.FindExitAsync(request.DelegationId, request.ExitId, context.CancellationToken);
        var certificate = await session.FindCertificateAsync(row, context.CancellationToken) ?? ExitRefusals.NotDestroyed.ValueOrStatus();
        await responseStream.SendAsync(context, $"certificat-destruction-{row.DelegationId}.pdf", "application/pdf", new[] { certificate }.ToAsyncEnumerable());
    }

    // Ended before the services are asked: a reader who takes long holds no connection.
    private async Task<(SharedDelegation Delegation, ExitRow Exit)> FrozenAsync(Caller caller, DownloadExitRecordRequest request, CancellationToken cancellationToken)
    {
        await using var session = await sessions.OpenAsync(caller, cancellationToken);
        var (delegation, row) = await session.FindExitAsync(request.DelegationId, request.ExitId, cancellationToken);
        return row.Read().Record?.FreezeTime is null
            ? throw RpcErrors.FailedPrecondition("RECORD_NOT_FROZEN", ExitRefusals.NotFrozen)
            : (delegation, row);
    }

    // Which archives were made is kept, so that the insurer accepts one that it was given.
    private async Task KeepAsync(Caller caller, ExitRow exit, string manifest, CancellationToken cancellationToken)
    {
        await using var session = await sessions.OpenAsync(caller, cancellationToken);
        await session.InsertArchiveAsync(exit, manifest, clock.GetUtcNow().InMicroseconds(), cancellationToken);
        await session.CommitAsync(cancellationToken);
    }
}
