using System.Text;
using Delegation.Documents;
using Delegation.Persistence.Access;
using Delegation.Persistence.Commands;
using Delegation.Persistence.Files;
using Delegation.Persistence.Paging;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;
using Delegation.Watch.Actions;
using Delegation.Watch.V1;
using Google.Api;
using Grpc.Core;
using Format = Delegation.Watch.V1.DownloadBulletinRequest.Types.Format;
using State = Delegation.Watch.V1.Bulletin.Types.State;

namespace Delegation.Watch.Bulletins;

/// <summary>The rpcs of <c>delegation.watch.v1.Bulletins</c>. What each means is in the contract.</summary>
internal sealed class BulletinsService(CommandRunner commands, BulletinCommands bulletins, TermsCommands terms, TenantSessions sessions, TimeProvider clock)
    : V1.Bulletins.BulletinsBase
{
    private static readonly FieldViolation StateUnknown = new(
        "state", "STATE_UNKNOWN", new("This state is not known.", "Cet état n'est pas connu."),
        new("Choose PUBLISHED, ACKNOWLEDGED or SUPERSEDED, or nothing for all.",
            "Choisissez PUBLISHED (publié), ACKNOWLEDGED (accusé de réception) ou SUPERSEDED (remplacé), ou rien pour tous."));

    private static readonly FieldViolation FormatUnknown = new(
        "format", "FORMAT_UNKNOWN", new("This form is not known.", "Ce format n'est pas connu."), new("Choose PDF or HTML, or nothing for PDF.", "Choisissez PDF ou HTML, ou rien pour PDF."));

    public override async Task<BulletinPreview> PreviewBulletin(PreviewBulletinRequest request, ServerCallContext context)
    {
        var outline = Outline.Read(request.Outline, []);
        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var draft = (await bulletins.DraftAsync(session, outline, toPublish: false, context.CancellationToken)).ValueOrStatus();
        return new BulletinPreview { Html = BulletinHtml.Of(draft), Entries = ProtoJson.ReadList<BulletinEntry>(draft.Entries).Count };
    }

    public override Task<Bulletin> PublishBulletin(PublishBulletinRequest request, ServerCallContext context) =>
        commands.RunAsync(request, context, (session, cancellation) => bulletins.PublishAsync(session, request, cancellation));

    public override async Task<Bulletin> GetBulletin(GetBulletinRequest request, ServerCallContext context) =>
        (await FindAsync(request.BulletinId, [], context)).ToMessage();

    public override async Task<ListBulletinsResponse> ListBulletins(ListBulletinsRequest request, ServerCallContext context)
    {
        var violations = new List<FieldViolation>();
        var delegationId = IdField.ReadOptional("delegation_id", request.DelegationId, violations);
        if (request.State.StoredIfKnown() is null && request.State != State.Unspecified)
            violations.Add(StateUnknown);
        var asked = PageRequest.Read(request.PageSize, request.PageToken, violations);
        violations.RefuseIfAny();

        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var page = (await session.ListBulletinsAsync(delegationId, request.State.StoredIfKnown(), asked, context.CancellationToken)).ToPage(asked, row => row.PageKey);
        return new ListBulletinsResponse { Bulletins = { page.Items.Select(row => row.ToSummary()) }, NextPageToken = page.NextPageToken };
    }

    public override async Task DownloadBulletin(DownloadBulletinRequest request, IServerStreamWriter<HttpBody> responseStream, ServerCallContext context)
    {
        var violations = new List<FieldViolation>();
        if (request.Format.StoredIfKnown() is null && request.Format != Format.Unspecified)
            violations.Add(FormatUnknown);
        var bulletin = await FindAsync(request.BulletinId, violations, context);
        var (file, type, ending) = request.Format == Format.Html ? (bulletin.HtmlFileId, "text/html; charset=utf-8", "html") : (bulletin.PdfFileId, "application/pdf", "pdf");
        var parts = file is { } published
            ? sessions.ReadFileAsync(context.Caller(), bulletin.Party, published, context.CancellationToken)
            : new[] { request.Format == Format.Html ? Encoding.UTF8.GetBytes(BulletinHtml.Of(bulletin)) : PdfFile.Of(BulletinPages.Of(bulletin)).Bytes.ToArray() }.ToAsyncEnumerable();
        await responseStream.SendAsync(context, $"veille-{bulletin.PeriodEndDay:yyyy-MM-dd}-v{bulletin.Version}.{ending}", type, parts);
    }

    public override Task<Bulletin> AcknowledgeBulletin(AcknowledgeBulletinRequest request, ServerCallContext context) =>
        commands.RunAsync(request, context, (session, cancellation) => bulletins.AcknowledgeAsync(session, request, cancellation));

    public override async Task<BulletinTerms> GetBulletinTerms(GetBulletinTermsRequest request, ServerCallContext context)
    {
        var id = DelegationId.Read(request.DelegationId, []);
        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var delegation = (await session.FindDelegationAsync(id, context.CancellationToken)).ValueOrStatus();
        return (await session.FindTermsAsync(delegation.Parties, context.CancellationToken)).ToMessage(clock.GetUtcNow());
    }

    public override Task<BulletinTerms> ProposeBulletinTerms(ProposeBulletinTermsRequest request, ServerCallContext context) =>
        commands.RunAsync(request, context, (session, cancellation) => terms.ProposeAsync(session, request, cancellation));

    public override Task<BulletinTerms> AgreeBulletinTerms(AgreeBulletinTermsRequest request, ServerCallContext context) =>
        commands.RunAsync(request, context, (session, cancellation) => terms.AgreeAsync(session, request, cancellation));

    private async Task<BulletinRow> FindAsync(string bulletinId, List<FieldViolation> violations, ServerCallContext context)
    {
        var id = BulletinId.Read(bulletinId, violations);
        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        return (await session.FindBulletinAsync(id, locking: false, context.CancellationToken)).ValueOrStatus();
    }
}
