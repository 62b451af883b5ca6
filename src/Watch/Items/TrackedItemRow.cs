using Delegation.Persistence.Commands;
using Delegation.Persistence.Journal;
using Delegation.Persistence.Paging;
using Delegation.ServiceDefaults.Fields;
using Delegation.Watch.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using State = Delegation.Watch.V1.TrackedItem.Types.State;

namespace Delegation.Watch.Items;

/// <summary>An item that an organisation follows, as the database keeps it.</summary>
internal sealed record TrackedItemRow
{
    public const string ObjectType = "tracked_item";

    public required Guid OwnerId { get; init; }

    public required Guid Id { get; init; }

    public required string Stream { get; init; }

    public required string Title { get; init; }

    public required string Summary { get; init; }

    public required string Reference { get; init; }

    public required string[] Identifiers { get; init; }

    public required string Link { get; init; }

    public string? Status { get; init; }

    public DateOnly? PublicationDay { get; init; }

    public DateOnly? EffectDay { get; init; }

    public DateOnly? DeadlineDay { get; init; }

    public DateOnly? ToleranceDay { get; init; }

    public required string Certainty { get; init; }

    public Guid? PublicItemId { get; init; }

    /// <summary>A JSON array of sightings.</summary>
    public required string Sightings { get; init; }

    public required string State { get; init; }

    public Guid? TriagePersonId { get; init; }

    public DateTime? TriageTime { get; init; }

    public required string TriageReason { get; init; }

    /// <summary>The assessment as JSON.</summary>
    public string? Assessment { get; init; }

    /// <summary>The decision as JSON.</summary>
    public string? Decision { get; init; }

    public DateOnly NextDay { get; init; }

    public required DateTime CreateTime { get; init; }

    public required DateTime UpdateTime { get; init; }

    public required long Revision { get; init; }

    public State In => StoredNames.Read<State>(State);

    public Item.Types.Stream About => StoredNames.Read<Item.Types.Stream>(Stream);

    /// <summary>Whether its life goes on: what hangs on it can be added and changed.</summary>
    public bool IsInWork => In is TrackedItem.Types.State.Kept or TrackedItem.Types.State.Assessed;

    public Assessment? Assessed => ProtoJson.Read<Assessment>(Assessment);

    public PageKey PageKey => new(NextDay.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc), Id);

    /// <summary>The same one revision on, standing by the day that counts then.</summary>
    public TrackedItemRow Changed(DateTime now) => this with { NextDay = NearestDay(), UpdateTime = now, Revision = Revision + 1 };

    /// <summary>The organisation's own due day where it set one; else the deadline, the day of effect or the end of tolerance. The database's infinity without.</summary>
    public DateOnly NearestDay()
    {
        var own = Assessed?.InternalDueDay is { Length: > 0 } text ? DayField.ReadOptional("internal_due_day", text, []) : null;
        return own ?? DeadlineDay ?? EffectDay ?? ToleranceDay ?? DateOnly.MaxValue;
    }

    /// <summary>An entry that the organisation alone sees.</summary>
    public JournalEvent Entry(IMessage happened) => new(OwnerId, null, null, Visibility.Both, ObjectType, Id, Revision, happened);

    public TrackedItem ToMessage() => new()
    {
        Id = Id.ToString(),
        Stream = About,
        Title = Title,
        Summary = Summary,
        Reference = Reference,
        Identifiers = { Identifiers },
        Link = Link,
        Status = Status is null ? Item.Types.Status.Unspecified : StoredNames.Read<Item.Types.Status>(Status),
        PublicationDay = DayField.Write(PublicationDay),
        EffectDay = DayField.Write(EffectDay),
        DeadlineDay = DayField.Write(DeadlineDay),
        ToleranceDay = DayField.Write(ToleranceDay),
        Certainty = StoredNames.Read<Item.Types.Certainty>(Certainty),
        PublicItemId = PublicItemId?.ToString() ?? "",
        Sightings = { ProtoJson.ReadList<Sighting>(Sightings) },
        State = In,
        Triage = TriagePersonId is not { } person ? null : new TriageRecord { PersonId = person.ToString(), Time = Timestamp.FromDateTime(TriageTime!.Value), Reason = TriageReason },
        Assessment = Assessed,
        Decision = ProtoJson.Read<ItemDecision>(Decision),
        NextDay = NextDay == DateOnly.MaxValue ? "" : DayField.Write(NextDay),
        CreateTime = Timestamp.FromDateTime(CreateTime),
        UpdateTime = Timestamp.FromDateTime(UpdateTime),
        Etag = Etag.Of(Id, Revision),
    };
}
