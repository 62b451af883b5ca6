using System.Text.Json.Serialization;
using Delegation.Access.V1;

namespace Delegation.ProjectDelivery.Scoping.Items;

/// <summary>A deliverable (livrable) of a project: which side makes it by when, and which sides validated it as it is.</summary>
internal sealed record DeliverableRow : GeneratedRow
{
    [JsonPropertyName("deliverable_id")]
    public override Guid Id { get; init; }

    public required string Title { get; init; }

    public required string Description { get; init; }

    public required string Side { get; init; }

    public DateOnly? DueDay { get; init; }

    public long ContentRevision { get; init; } = 1;

    public Guid? InsurerPersonId { get; init; }

    public DateTime? InsurerConsentTime { get; init; }

    public Guid? DelegatePersonId { get; init; }

    public DateTime? DelegateConsentTime { get; init; }

    [JsonIgnore]
    public bool IsValidated => HasConsentOf(Access.V1.Side.Insurer) && HasConsentOf(Access.V1.Side.Delegate);

    public bool HasConsentOf(Side side) => (side == Access.V1.Side.Insurer ? InsurerConsentTime : DelegateConsentTime) is not null;
}
