using Delegation.Persistence.Commands;
using Delegation.Persistence.Journal;
using Delegation.Watch.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Kind = Delegation.Watch.V1.Source.Types.Kind;

namespace Delegation.Watch.Sources;

/// <summary>A source as the database keeps it.</summary>
internal sealed record SourceRow(
    Guid OwnerId,
    Guid Id,
    string Name,
    string Kind,
    string Url,
    string Stream,
    string Trust,
    bool Paused,
    int ReadMinutes,
    int SilentAfterDays,
    string Format,
    string FeedEtag,
    string FeedModified,
    DateTime? ReadTime,
    DateTime? SuccessTime,
    DateTime? FoundTime,
    int Failures,
    string Failure,
    DateTime? NextTime,
    bool Silent,
    DateTime CreateTime,
    long Revision)
{
    public const string ObjectType = "watch_source";

    private static readonly TimeSpan LongestPause = TimeSpan.FromDays(1);

    public bool IsFeed => Kind == Source.Types.Kind.Feed.Stored();

    /// <summary>Nothing new for longer than the organisation expects of it.</summary>
    public bool IsSilentAt(DateTimeOffset now) => !Paused && now.UtcDateTime - (FoundTime ?? CreateTime) > TimeSpan.FromDays(SilentAfterDays);

    /// <summary>
    /// When to read it next: at its usual time, after a failure each time twice as late up to a day, and never before the time that the server asked for. One that is
    /// visited is looked after once a day.
    /// </summary>
    public DateTime NextAfter(DateTimeOffset now, TimeSpan? retryAfter)
    {
        if (!IsFeed)
            return now.UtcDateTime + LongestPause;

        var usual = TimeSpan.FromMinutes(ReadMinutes);
        var pause = Failures == 0 ? usual : TimeSpan.FromTicks(Math.Min(usual.Ticks << Math.Min(Failures, 10), Math.Max(LongestPause.Ticks, usual.Ticks)));
        return now.UtcDateTime + (retryAfter > pause ? retryAfter.Value : pause);
    }

    /// <summary>An entry that the organisation alone sees.</summary>
    public JournalEvent Entry(IMessage happened) => new(OwnerId, null, null, Visibility.Both, ObjectType, Id, Revision, happened);

    public Source ToMessage() => new()
    {
        Id = Id.ToString(),
        Name = Name,
        Kind = StoredNames.Read<Kind>(Kind),
        Url = Url,
        Stream = StoredNames.Read<Item.Types.Stream>(Stream),
        Trust = StoredNames.Read<Source.Types.Trust>(Trust),
        Paused = Paused,
        ReadMinutes = ReadMinutes,
        SilentAfterDays = SilentAfterDays,
        Health = new SourceHealth
        {
            Format = Format,
            ReadTime = Instant(ReadTime),
            SuccessTime = Instant(SuccessTime),
            FoundTime = Instant(FoundTime),
            Failures = Failures,
            Failure = Failure,
            NextTime = IsFeed && !Paused ? Instant(NextTime) : null,
            Silent = Silent,
        },
        CreateTime = Timestamp.FromDateTime(CreateTime),
        Etag = Etag.Of(Id, Revision),
    };

    private static Timestamp? Instant(DateTime? time) => time is { } instant ? Timestamp.FromDateTime(instant) : null;
}
