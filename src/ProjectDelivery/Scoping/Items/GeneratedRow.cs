using System.Text.Json.Serialization;

namespace Delegation.ProjectDelivery.Scoping.Items;

/// <summary>
/// What the rows have in common that answers of the scoping generate: deliverables, lots to take over, report definitions, acceptance cases.
/// Each is the one for its origin and key in its project, so that generating again finds it.
/// </summary>
internal abstract record GeneratedRow
{
    public Guid OwnerId { get; init; }

    public Guid DelegationId { get; init; }

    public Guid DelegateId { get; init; }

    public Guid ProjectId { get; init; }

    public abstract Guid Id { get; init; }

    /// <summary>The answer that it comes from, as stored.</summary>
    public string Origin { get; init; } = "";

    /// <summary>Which part of that answer: stable while the part is there.</summary>
    public string OriginKey { get; init; } = "";

    /// <summary>The columns that people changed, in alphabetical order.</summary>
    public string[] Edited { get; init; } = [];

    /// <summary>One of <see cref="ItemStates"/>.</summary>
    public string State { get; init; } = ItemStates.Active;

    public DateTime CreateTime { get; init; }

    public DateTime UpdateTime { get; init; }

    public long Revision { get; init; } = 1;

    [JsonIgnore]
    public Parties Parties => new(OwnerId, DelegationId, DelegateId);
}
