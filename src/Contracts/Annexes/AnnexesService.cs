using Delegation.Contracts.Delegations;
using Delegation.Contracts.V1;
using Delegation.Persistence.Access;
using Delegation.Persistence.Commands;
using Delegation.Persistence.Files;
using Delegation.Persistence.Paging;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;
using Google.Api;
using Grpc.Core;

namespace Delegation.Contracts.Annexes;

/// <summary>The rpcs of <c>delegation.contracts.v1.Annexes</c>: read, decide, save, answer. What each means is in the contract.</summary>
internal sealed class AnnexesService(CommandRunner commands, AnnexCommands annexes, AnnexUploads uploads, TenantSessions sessions) : V1.Annexes.AnnexesBase
{
    public override async Task<Annex> GetAnnex(GetAnnexRequest request, ServerCallContext context)
    {
        var ids = SharedObjectIds.Read(request.DelegationId, "annex_id", request.AnnexId).ValueOrStatus();
        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        return (await FindAsync(session, ids.Delegation, ids.Object, context.CancellationToken)).ToMessage();
    }

    public override async Task<ListAnnexesResponse> ListAnnexes(ListAnnexesRequest request, ServerCallContext context)
    {
        var asked = SharedObjectPage.Read(request.DelegationId, request.PageSize, request.PageToken).ValueOrStatus();
        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var delegation = (await session.FindSharedDelegationAsync(asked.Delegation, context.CancellationToken)).ValueOrStatus();
        var page = await session.ListAnnexesAsync(delegation, asked.Page, context.CancellationToken);
        return new() { Annexes = { page.Items.Select(annex => annex.ToMessage()) }, NextPageToken = page.NextPageToken };
    }

    public override async Task<ListAnnexVersionsResponse> ListAnnexVersions(ListAnnexVersionsRequest request, ServerCallContext context)
    {
        var violations = new List<FieldViolation>();
        var delegationId = IdField.Read("delegation_id", request.DelegationId, violations);
        var annexId = IdField.Read("annex_id", request.AnnexId, violations);
        var asked = PageRequest.Read(request.PageSize, request.PageToken, violations);
        violations.RefuseIfAny();

        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var annex = await FindAsync(session, delegationId!.Value, annexId!.Value, context.CancellationToken);
        var page = await session.ListVersionsAsync(annex, asked, context.CancellationToken);
        return new() { Versions = { page.Items.Select(version => version.ToMessage()) }, NextPageToken = page.NextPageToken };
    }

    public override async Task DownloadAnnexVersion(DownloadAnnexVersionRequest request, IServerStreamWriter<HttpBody> responseStream, ServerCallContext context)
    {
        var version = await FindVersionAsync(request, context);
        var parts = sessions.ReadFileAsync(context.Caller(), version.Party, version.FileId, context.CancellationToken);
        await responseStream.SendAsync(context, version.FileName, version.ContentType, parts);
    }

    public override Task<AnnexVersion> UploadAnnexVersion(IAsyncStreamReader<UploadAnnexVersionRequest> requestStream, ServerCallContext context) =>
        uploads.ReceiveAsync(requestStream, context);

    public override Task<Annex> RequestAnnex(RequestAnnexRequest request, ServerCallContext context) =>
        commands.RunAsync(request, context, (session, cancellationToken) => annexes.RequestAsync(session, request, cancellationToken));

    public override Task<AnnexVersion> HandOverAnnexVersion(HandOverAnnexVersionRequest request, ServerCallContext context) =>
        commands.RunAsync(request, context, (session, cancellationToken) => annexes.HandOverAsync(session, request, cancellationToken));

    public override Task<Annex> ReviewAnnexVersion(ReviewAnnexVersionRequest request, ServerCallContext context) =>
        commands.RunAsync(request, context, (session, cancellationToken) => annexes.ReviewAsync(session, request, cancellationToken));

    public override Task<Annex> ApproveAnnexVersion(ApproveAnnexVersionRequest request, ServerCallContext context) =>
        commands.RunAsync(request, context, (session, cancellationToken) => annexes.ApproveAsync(session, request, cancellationToken));

    private async Task<AnnexVersionRow> FindVersionAsync(DownloadAnnexVersionRequest request, ServerCallContext context)
    {
        var ids = VersionIds.Read(request.DelegationId, request.AnnexId, request.VersionId).ValueOrStatus();
        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var annex = await FindAsync(session, ids.Delegation, ids.Annex, context.CancellationToken);
        return (await session.FindVersionAsync(annex, ids.Version, context.CancellationToken)).ValueOrStatus();
    }

    private static async Task<AnnexRow> FindAsync(TenantSession session, Guid delegationId, Guid annexId, CancellationToken cancellationToken)
    {
        var delegation = (await session.FindSharedDelegationAsync(delegationId, cancellationToken)).ValueOrStatus();
        return (await session.FindAnnexAsync(delegation, annexId, cancellationToken)).ValueOrStatus();
    }
}
