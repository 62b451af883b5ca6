using Delegation.Access.V1;
using Delegation.Delivery.V1;
using Delegation.Persistence.Commands;
using Google.Protobuf.WellKnownTypes;

namespace Delegation.ProjectDelivery.Scoping.Workshops;

/// <summary>A workshop as the database keeps it.</summary>
internal sealed record WorkshopRow
{
    public required Guid OwnerId { get; init; }

    public required Guid DelegationId { get; init; }

    public required Guid DelegateId { get; init; }

    public required Guid ProjectId { get; init; }

    public required Guid Id { get; init; }

    public required string State { get; init; }

    public required string Title { get; init; }

    public required DateTime StartTime { get; init; }

    public required string Place { get; init; }

    public required string[] Points { get; init; }

    public required Guid[] InsurerPeople { get; init; }

    public required Guid[] DelegatePeople { get; init; }

    public required string Record { get; init; }

    public required DateTime CreateTime { get; init; }

    public required DateTime UpdateTime { get; init; }

    public required long Revision { get; init; }

    public Parties Parties => new(OwnerId, DelegationId, DelegateId);

    /// <summary>The workshop, with those whom a side named in place of those before.</summary>
    public WorkshopRow WithPeopleOf(Side side, Guid[] people) => side == Side.Insurer ? this with { InsurerPeople = people } : this with { DelegatePeople = people };

    public Workshop ToMessage()
    {
        var message = ToEvent();
        message.InsurerPersonIds.Add(InsurerPeople.Select(person => person.ToString()));
        message.DelegatePersonIds.Add(DelegatePeople.Select(person => person.ToString()));
        return message;
    }

    /// <summary>The workshop as the journal tells it: without its participants.</summary>
    public Workshop ToEvent() => new()
    {
        Id = Id.ToString(),
        ProjectId = ProjectId.ToString(),
        State = StoredNames.Read<Workshop.Types.State>(State),
        Title = Title,
        StartTime = Timestamp.FromDateTime(StartTime),
        Place = Place,
        Points = { Points },
        Record = Record,
        CreateTime = Timestamp.FromDateTime(CreateTime),
        UpdateTime = Timestamp.FromDateTime(UpdateTime),
        Etag = Etag.Of(Id, Revision),
    };
}
