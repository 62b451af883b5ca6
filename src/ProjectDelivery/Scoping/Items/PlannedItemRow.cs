using System.Text.Json.Serialization;

namespace Delegation.ProjectDelivery.Scoping.Items;

/// <summary>An action or a milestone of the plan as it was generated; the plan has it as people changed it since.</summary>
internal sealed record PlannedItemRow : GeneratedRow
{
    public const string Action = "action";
    public const string Milestone = "milestone";

    /// <summary>The id of the action or goal.</summary>
    [JsonPropertyName("item_id")]
    public override Guid Id { get; init; }

    public required string Kind { get; init; }

    public required string Title { get; init; }

    public required string Description { get; init; }

    /// <summary>Who does an action; null for a milestone, which nobody does.</summary>
    public string? Side { get; init; }

    public string? Role { get; init; }

    public required DateOnly DueDay { get; init; }
}
