using Delegation.Access.V1;
using Delegation.Journal.V1;
using Delegation.Persistence.Journal;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Google.Protobuf.WellKnownTypes;

namespace Delegation.Persistence.Work;

/// <summary>Something that waits for somebody, as a rule of this service wants it to be on work lists.</summary>
/// <param name="Key">Which it is.</param>
/// <param name="OwnerId">The insurer of the delegation.</param>
/// <param name="DelegationId">The delegation.</param>
/// <param name="DelegateId">The delegate of the delegation.</param>
/// <param name="Title">What is to be done, with the names that are needed to understand it.</param>
public sealed record OpenWork(WorkItemKey Key, Guid OwnerId, Guid DelegationId, Guid DelegateId, LocalizedText Title)
{
    /// <summary>Who of the side can do it: one of these roles is enough.</summary>
    public IReadOnlyList<Role> Roles { get; init; } = [];

    /// <summary>The one person whom it waits for, in place of roles.</summary>
    public Guid? PersonId { get; init; }

    /// <summary>The last day; late from the next one on.</summary>
    public DateOnly? DueDay { get; init; }

    /// <summary>The last instant, in place of a day.</summary>
    public DateTimeOffset? DueTime { get; init; }

    /// <summary>Who of the two parties reads that it waits; the side that it waits for is one of them.</summary>
    public Visibility Visibility { get; init; } = Visibility.Both;

    internal WorkItem ToMessage()
    {
        var item = new WorkItem
        {
            Id = Key.Id.ToString(),
            Kind = Key.Kind,
            Side = Key.Side,
            Roles = { Roles },
            PersonId = PersonId?.ToString() ?? "",
            Object = new WorkItemObject { Type = Key.ObjectType, Id = Key.ObjectId.ToString() },
            TitleEn = Title.English,
            TitleFr = Title.French,
        };
        if (DueDay is { } day)
            item.DueDay = DayField.Write(day);
        else if (DueTime is { } time)
            item.DueTime = Timestamp.FromDateTimeOffset(time);

        return item;
    }
}
