using Delegation.Persistence.Access;
using Delegation.Persistence.Commands;
using Delegation.Persistence.DueWork;
using Delegation.Persistence.Journal;
using Delegation.Persistence.Paging;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;
using Delegation.ServiceDefaults.Time;
using Delegation.Watch.Feeds;
using Delegation.Watch.Items;
using Delegation.Watch.V1;
using Grpc.Core;
using Kind = Delegation.Watch.V1.Source.Types.Kind;

namespace Delegation.Watch.Sources;

/// <summary>The rpcs of <c>delegation.watch.v1.Sources</c>. What each means is in the contract.</summary>
internal sealed class SourcesService(CommandRunner commands, TenantSessions sessions, TimeProvider clock) : V1.Sources.SourcesBase
{
    private const int OpmlLength = 500_000;

    public override Task<Source> CreateSource(CreateSourceRequest request, ServerCallContext context) =>
        commands.RunAsync(request, context, (session, cancellation) => CreateAsync(session, request, cancellation));

    public override async Task<Source> GetSource(GetSourceRequest request, ServerCallContext context)
    {
        var id = ReadId(request.SourceId, []);
        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        return (await session.FindSourceAsync(id, locking: false, context.CancellationToken)).ValueOrStatus().ToMessage();
    }

    public override async Task<ListSourcesResponse> ListSources(ListSourcesRequest request, ServerCallContext context)
    {
        var violations = new List<FieldViolation>();
        var asked = PageRequest.Read(request.PageSize, request.PageToken, violations);
        violations.RefuseIfAny();
        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var page = (await session.ListSourcesAsync(request.Troubled, asked, context.CancellationToken)).ToPage(asked, row => new PageKey(default, row.Id));
        return new ListSourcesResponse { Sources = { page.Items.Select(row => row.ToMessage()) }, NextPageToken = page.NextPageToken };
    }

    public override async Task<ListSuggestedSourcesResponse> ListSuggestedSources(ListSuggestedSourcesRequest request, ServerCallContext context)
    {
        var violations = new List<FieldViolation>();
        var stream = ItemFilter.ReadStream(request.Stream, violations);
        violations.RefuseIfAny();
        var language = Language.Of(context.RequestHeaders.GetValue("accept-language"));
        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var rows = await session.ListSuggestedSourcesAsync(stream, context.CancellationToken);
        return new ListSuggestedSourcesResponse
        {
            Sources =
            {
                rows.Select(row => new SuggestedSource
                {
                    Name = row.Name,
                    Kind = StoredNames.Read<Kind>(row.Kind),
                    Url = row.Url,
                    Stream = StoredNames.Read<Item.Types.Stream>(row.Stream),
                    Trust = StoredNames.Read<Source.Types.Trust>(row.Trust),
                    Certainty = StoredNames.Read<Item.Types.Certainty>(row.Certainty),
                    Note = language == "fr" ? row.NoteFr : row.NoteEn,
                }),
            },
        };
    }

    public override Task<Source> UpdateSource(UpdateSourceRequest request, ServerCallContext context) =>
        commands.RunAsync(request, context, (session, cancellation) => UpdateAsync(session, request, cancellation));

    public override Task<Source> ReadSource(ReadSourceRequest request, ServerCallContext context) =>
        commands.RunAsync<ReadSourceRequest, Source>(request, context, async (session, cancellation) =>
        {
            var source = (await session.FindSourceAsync(ReadId(request.SourceId, []), locking: true, cancellation)).ValueOrStatus();
            if (source.Paused || !source.IsFeed)
                return new Outcome<Source>.Refused("SOURCE_NOT_READ", new("This source is paused, or no feed.", "Cette source est en pause, ou n'est pas un flux."));

            var read = source with { NextTime = clock.GetUtcNow().InMicroseconds() };
            await session.UpdateSourceAsync(read, cancellation);
            await ScheduleAsync(session, read, cancellation);
            return new Outcome<Source>.Accepted(read.ToMessage());
        });

    public override Task<ImportOpmlResponse> ImportOpml(ImportOpmlRequest request, ServerCallContext context) =>
        commands.RunAsync(request, context, (session, cancellation) => ImportAsync(session, request, cancellation));

    private async Task<Outcome<Source>> CreateAsync(TenantSession session, CreateSourceRequest request, CancellationToken cancellationToken)
    {
        var violations = new List<FieldViolation>();
        ChoiceField.Check("kind", request.Kind, violations);
        var url = SourceFields.ReadUrl(request.Kind, request.Url, violations);
        var fields = SourceFields.Read(request.Details, violations);
        violations.RefuseIfAny();

        var now = clock.GetUtcNow();
        var source = fields!.NewSource(session.Caller.OrganizationId, Guid.CreateVersion7(now), request.Kind, url!, now.InMicroseconds());
        return await AddAsync(session, source, cancellationToken)
            ? new Outcome<Source>.Accepted(source.ToMessage())
            : new Outcome<Source>.Conflict("SOURCE_EXISTS", new("Your organisation reads this address already.", "Votre organisme lit déjà cette adresse."));
    }

    private async Task<Outcome<Source>> UpdateAsync(TenantSession session, UpdateSourceRequest request, CancellationToken cancellationToken)
    {
        var violations = new List<FieldViolation>();
        var fields = SourceFields.Read(request.Details, violations);
        var source = (await session.FindSourceAsync(ReadId(request.SourceId, violations), locking: true, cancellationToken)).ValueOrStatus();
        if (Etag.Mismatch<Source>(request.Etag, source.Id, source.Revision) is { } mismatch)
            return mismatch;

        var now = clock.GetUtcNow().InMicroseconds();
        var updated = source with
        {
            Name = fields!.Name, Stream = fields.Stream, Trust = fields.Trust, ReadMinutes = fields.ReadMinutes, SilentAfterDays = fields.SilentAfterDays,
            Paused = request.Paused, NextTime = now, Revision = source.Revision + 1,
        };
        await session.UpdateSourceAsync(updated, cancellationToken);
        await session.AppendAsync(updated.Entry(new SourceUpdated { Source = updated.ToMessage() }), clock, cancellationToken);
        await ScheduleAsync(session, updated, cancellationToken);
        return new Outcome<Source>.Accepted(updated.ToMessage());
    }

    private async Task<Outcome<ImportOpmlResponse>> ImportAsync(TenantSession session, ImportOpmlRequest request, CancellationToken cancellationToken)
    {
        var violations = new List<FieldViolation>();
        ChoiceField.Check("stream", request.Stream, violations);
        var feeds = ReadOpml(request.Opml, violations);
        violations.RefuseIfAny();

        var answer = new ImportOpmlResponse();
        foreach (var (name, url) in feeds!)
        {
            var now = clock.GetUtcNow();
            if (url.Length > ItemDetailsFields.LinkLength || !SourceFields.IsPublic(url))
            {
                answer.RefusedUrls.Add(url);
                continue;
            }

            var fields = new SourceFields(
                name.Length > 0 ? name : new Uri(url).Host, request.Stream.Stored(), Source.Types.Trust.Other.Stored(), SourceFields.UsualReadMinutes, SourceFields.UsualSilentAfterDays);
            var source = fields.NewSource(session.Caller.OrganizationId, Guid.CreateVersion7(now), Kind.Feed, url, now.InMicroseconds());
            if (await AddAsync(session, source, cancellationToken))
                answer.Added.Add(source.ToMessage());
            else
                answer.KnownUrls.Add(url);
        }

        return new Outcome<ImportOpmlResponse>.Accepted(answer);
    }

    private static IReadOnlyList<(string Name, string Url)>? ReadOpml(string text, List<FieldViolation> violations)
    {
        var remedy = new LocalizedText($"Send an OPML file of up to {OpmlLength} characters and {Opml.MostFeeds} feeds.", $"Envoyez un fichier OPML d'au plus {OpmlLength} caractères et {Opml.MostFeeds} flux.");
        var feeds = text.Length is 0 or > OpmlLength ? null : Opml.Read(text);
        if (feeds is null)
            violations.Add(text.Length switch
            {
                0 => new("opml", "OPML_REQUIRED", new("The file is missing.", "Le fichier n'est pas renseigné."), remedy),
                > OpmlLength => new("opml", "OPML_TOO_LONG", new("The file is too long.", "Le fichier est trop long."), remedy),
                _ => new("opml", "OPML_MALFORMED", new("This is no OPML that can be read.", "Ceci n'est pas un fichier OPML lisible."), remedy),
            });

        return feeds;
    }

    private async Task<bool> AddAsync(TenantSession session, SourceRow source, CancellationToken cancellationToken)
    {
        if (!await session.InsertSourceAsync(source, cancellationToken))
            return false;

        await session.AppendAsync(source.Entry(new SourceAdded { Source = source.ToMessage() }), clock, cancellationToken);
        await ScheduleAsync(session, source, cancellationToken);
        return true;
    }

    private static Task ScheduleAsync(TenantSession session, SourceRow source, CancellationToken cancellationToken) =>
        session.ScheduleAsync(SourceReading.WorkKind, source.OwnerId, null, source.Id, source.NextTime!.Value, cancellationToken);

    private static Guid ReadId(string id, List<FieldViolation> violations)
    {
        var read = IdField.Read("source_id", id, violations);
        violations.RefuseIfAny();
        return read!.Value;
    }
}
