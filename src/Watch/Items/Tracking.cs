using Delegation.Persistence.Journal;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Time;
using Delegation.Watch.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Reason = Delegation.Watch.V1.Sighting.Types.Reason;

namespace Delegation.Watch.Items;

/// <summary>Where something was seen.</summary>
/// <param name="SourceId">The source; null for what was entered by hand.</param>
/// <param name="SourceName">What it is called.</param>
/// <param name="Mark">By what the place is known again: the id of an entry in its feed; null without one.</param>
internal sealed record SeenAt(Guid? SourceId, string SourceName, string? Mark);

/// <summary>
/// Adds what was seen to what an organisation follows. What is there already gains a sighting that says why it is the same; nothing is lost, and nothing
/// stands there twice, also where two see it at once.
/// </summary>
internal static class Tracking
{
    // A page that changes its ids at each visit would grow one item for ever.
    private const int MostSightings = 100;

    /// <summary>The item, which is new or was there.</summary>
    public static async Task<TrackedItemRow> TrackAsync(
        this DatabaseSession session, Guid ownerId, ItemDetailsFields details, Guid? publicItemId, SeenAt at, TimeProvider clock, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var seen = details.Seen;
        string[] marks = [.. seen.Marks, .. publicItemId is { } known ? [$"public:{known}"] : Array.Empty<string>(), .. at.Mark is { } own ? [own] : Array.Empty<string>()];
        var candidates = await session.CandidatesAsync(ownerId, marks, details.PublicationDay ?? ParisDays.DayAt(now), cancellationToken);
        if (candidates.FirstOrDefault(item => item.PublicItemId is { } same && same == publicItemId) is { } taken)
            return taken;

        var (same, why) = Best(seen, candidates);
        if (same is null)
        {
            var first = new Sighting { Reason = Reason.First, SimilarityPercent = 100 };
            var item = New(ownerId, details, publicItemId, Sighted(first, details, at, now), now);
            await session.InsertTrackedItemAsync(item, cancellationToken);
            return await ToldAsync(session, item, marks, new ItemTracked { Item = item.ToMessage() }, clock, cancellationToken);
        }

        var sightings = ProtoJson.ReadList<Sighting>(same.Sightings);
        var again = Sighted(why!, details, at, now);
        if (sightings.Count >= MostSightings || sightings.Any(sighting => sighting.SourceId == again.SourceId && sighting.Link == again.Link && sighting.Title == again.Title))
        {
            await session.AddMarksAsync(ownerId, same.Id, marks, cancellationToken);
            return same;
        }

        var grown = (same with { Sightings = ProtoJson.WriteList([.. sightings, again]), PublicItemId = same.PublicItemId ?? publicItemId }).Changed(now.InMicroseconds());
        await session.UpdateTrackedItemAsync(grown, cancellationToken);
        return await ToldAsync(session, grown, marks, new ItemSeenAgain { Item = grown.ToMessage() }, clock, cancellationToken);
    }

    private static (TrackedItemRow? Item, Sighting? Why) Best(Seen seen, IReadOnlyList<TrackedItemRow> candidates)
    {
        var best = candidates
            .Select(item => (Item: item, Verdict: SameItem.Judge(seen, Seen.Of(item))))
            .Where(judged => judged.Verdict is not null)
            .OrderBy(judged => judged.Verdict!.Value.Reason).ThenByDescending(judged => judged.Verdict!.Value.Percent).ThenBy(judged => judged.Item.Id)
            .FirstOrDefault();
        return best.Item is null ? (null, null) : (best.Item, new Sighting { Reason = best.Verdict!.Value.Reason, SimilarityPercent = best.Verdict.Value.Percent });
    }

    private static Sighting Sighted(Sighting why, ItemDetailsFields details, SeenAt at, DateTimeOffset now)
    {
        why.SourceId = at.SourceId?.ToString() ?? "";
        why.SourceName = at.SourceName;
        why.Title = details.Title;
        why.Link = details.Link;
        why.PublicationDay = DayField.Write(details.PublicationDay);
        why.SeenTime = Timestamp.FromDateTime(now.InMicroseconds());
        return why;
    }

    private static TrackedItemRow New(Guid ownerId, ItemDetailsFields details, Guid? publicItemId, Sighting first, DateTimeOffset now)
    {
        var item = new TrackedItemRow
        {
            OwnerId = ownerId,
            Id = Guid.CreateVersion7(now),
            Stream = details.Stream,
            Title = details.Title,
            Summary = details.Summary,
            Reference = details.Reference,
            Identifiers = [.. details.Seen.Identifiers],
            Link = details.Link,
            Status = details.Status,
            PublicationDay = details.PublicationDay,
            EffectDay = details.EffectDay,
            DeadlineDay = details.DeadlineDay,
            ToleranceDay = details.ToleranceDay,
            Certainty = details.Certainty,
            PublicItemId = publicItemId,
            Sightings = ProtoJson.WriteList([first]),
            State = TrackedItem.Types.State.New.Stored(),
            TriageReason = "",
            CreateTime = now.InMicroseconds(),
            UpdateTime = now.InMicroseconds(),
            Revision = 1,
        };
        return item with { NextDay = item.NearestDay() };
    }

    private static async Task<TrackedItemRow> ToldAsync(
        DatabaseSession session, TrackedItemRow item, string[] marks, IMessage happened, TimeProvider clock, CancellationToken cancellationToken)
    {
        await session.AddMarksAsync(item.OwnerId, item.Id, marks, cancellationToken);
        await session.AppendAsync(item.Entry(happened), clock, cancellationToken);
        return item;
    }
}
