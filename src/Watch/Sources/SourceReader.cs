using Delegation.Persistence.DueWork;
using Delegation.Persistence.Journal;
using Delegation.Persistence.Tenancy;
using Delegation.Persistence.Work;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Time;
using Delegation.Watch.Feeds;
using Delegation.Watch.Items;
using Delegation.Watch.Triage;
using Delegation.Watch.V1;
using Google.Protobuf;

namespace Delegation.Watch.Sources;

/// <summary>Reads one source: outside of any transaction what the site answers, then in one what it means.</summary>
internal sealed class SourceReader(FeedDownload download, SystemSessions sessions, TimeProvider clock)
{
    public async Task ReadAsync(Guid ownerId, Guid sourceId, CancellationToken cancellationToken)
    {
        if (await FindAsync(ownerId, sourceId, cancellationToken) is not { Paused: false } source)
            return;

        var answer = source.IsFeed ? await AskAsync(source, cancellationToken) : null;
        await using var session = await sessions.OpenAsync(cancellationToken);
        if (await session.FindSourceAsync(ownerId, sourceId, locking: true, cancellationToken) is not { Paused: false } locked)
            return;

        var found = answer?.Feed is { } feed ? await TrackAsync(session, locked, feed, cancellationToken) : 0;
        var read = answer is null ? locked : After(locked, answer, found, clock.GetUtcNow());
        read = await KeepAlertAsync(session, read, cancellationToken);
        read = read with { NextTime = read.NextAfter(clock.GetUtcNow(), answer?.RetryAfter) };
        await session.UpdateSourceAsync(read, cancellationToken);
        await session.ScheduleAsync(SourceReading.WorkKind, ownerId, sourceId, read.NextTime.Value, cancellationToken);
        if (found > 0)
            await session.KeepTriageWorkAsync(ownerId, clock, cancellationToken);
        await session.CommitAsync(cancellationToken);
    }

    private async Task<SourceRow?> FindAsync(Guid ownerId, Guid sourceId, CancellationToken cancellationToken)
    {
        await using var session = await sessions.OpenAsync(cancellationToken);
        return await session.FindSourceAsync(ownerId, sourceId, locking: false, cancellationToken);
    }

    private async Task<Answer> AskAsync(SourceRow source, CancellationToken cancellationToken)
    {
        try
        {
            var got = await download.GetAsync(new Uri(source.Url), source.FeedEtag, source.FeedModified, cancellationToken);
            return new Answer(got.Body is null ? null : FeedParser.Parse(got.Body, got.Charset, got.Address, clock.GetUtcNow()), "", got.Etag, got.Modified, RetryAfter: null);
        }
        catch (FeedFailureException failed)
        {
            return new Answer(Feed: null, failed.Reason, source.FeedEtag, source.FeedModified, failed.RetryAfter);
        }
    }

    // From the oldest on: a feed has the newest first, and what came first is first.
    private async Task<int> TrackAsync(SystemSession session, SourceRow source, ParsedFeed feed, CancellationToken cancellationToken)
    {
        var known = await session.KnownMarksAsync(source.OwnerId, feed.Entries.Select(entry => Mark(source, entry)), cancellationToken);
        var unknown = feed.Entries.Where(entry => !known.Contains(Mark(source, entry))).Reverse().ToArray();
        foreach (var entry in unknown)
        {
            var details = new ItemDetailsFields(
                source.Stream, entry.Title, entry.Summary, Reference: "", entry.Link, Status: null, entry.PublicationDay, EffectDay: null, DeadlineDay: null, ToleranceDay: null,
                Item.Types.Certainty.Uncertain.Stored());
            await session.TrackAsync(source.OwnerId, details, publicItemId: null, new SeenAt(source.Id, source.Name, Mark(source, entry)), clock, cancellationToken);
        }

        return unknown.Length;
    }

    private static string Mark(SourceRow source, FeedEntry entry) => $"entry:{source.Id}:{entry.Id}";

    private static SourceRow After(SourceRow source, Answer answer, int found, DateTimeOffset now)
    {
        var read = source with { ReadTime = now.InMicroseconds(), Failure = answer.Failure, FeedEtag = answer.Etag, FeedModified = answer.Modified };
        return answer.Failure.Length > 0
            ? read with { Failures = source.Failures + 1 }
            : read with
            {
                Failures = 0,
                Format = answer.Feed?.Format ?? source.Format,
                SuccessTime = now.InMicroseconds(),
                FoundTime = found > 0 ? now.InMicroseconds() : source.FoundTime,
            };
    }

    // Somebody looks after a source that says nothing any more: most often its address changed.
    private async Task<SourceRow> KeepAlertAsync(SystemSession session, SourceRow source, CancellationToken cancellationToken)
    {
        if (source.IsSilentAt(clock.GetUtcNow()) == source.Silent)
            return source;

        var changed = source with { Silent = !source.Silent, Revision = source.Revision + 1 };
        IMessage happened = changed.Silent ? new SourceFellSilent { Source = changed.ToMessage() } : new SourceSpokeAgain { Source = changed.ToMessage() };
        await session.AppendAsync(changed.Entry(happened), clock, cancellationToken);
        if (await session.FindDeskAsync(source.OwnerId, cancellationToken) is { } desk)
        {
            var key = new WorkItemKey("watch_source.check", SourceRow.ObjectType, source.Id, desk.Side);
            if (changed.Silent)
                await session.OpenWorkItemAsync(desk.Work(key, new LocalizedText($"Check the silent source: {source.Name}", $"Vérifier la source muette : {source.Name}")), clock, cancellationToken);
            else
                await session.CloseWorkItemAsync(key, clock, cancellationToken);
        }

        return changed;
    }

    private sealed record Answer(ParsedFeed? Feed, string Failure, string Etag, string Modified, TimeSpan? RetryAfter);
}
