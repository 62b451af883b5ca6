using System.Text.Json.Serialization;

namespace Delegation.ProjectDelivery.Scoping.Items;

/// <summary>
/// What the rows have in common that answers of the scoping generate: deliverables, lots to take over, report definitions, acceptance cases.
/// Each is the one for its origin and key in its project, so that generating again finds it.
/// </summary>
internal abstract record GeneratedRow
{
    public required Guid OwnerId { get; init; }

    public required Guid DelegationId { get; init; }

    public required Guid DelegateId { get; init; }

    public required Guid ProjectId { get; init; }

    public abstract Guid Id { get; init; }

    /// <summary>The answer that it comes from, as stored.</summary>
    public required string Origin { get; init; }

    /// <summary>Which part of that answer: stable while the part is there.</summary>
    public required string OriginKey { get; init; }

    /// <summary>The columns that people changed, in alphabetical order.</summary>
    public required string[] Edited { get; init; }

    /// <summary>One of <see cref="ItemStates"/>.</summary>
    public required string State { get; init; }

    public required DateTime CreateTime { get; init; }

    public required DateTime UpdateTime { get; init; }

    public required long Revision { get; init; }

    [JsonIgnore]
    public Parties Parties => new(OwnerId, DelegationId, DelegateId);
}
