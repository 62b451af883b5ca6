using System.Text.Json.Serialization;

namespace Delegation.ProjectDelivery.Scoping.Items;

/// <summary>A lot of data to take over (lot de reprise), in items and in euros.</summary>
internal sealed record TakeOverLotRow : GeneratedRow
{
    [JsonPropertyName("lot_id")]
    public override Guid Id { get; init; }

    public required string Title { get; init; }

    public required string Category { get; init; }

    /// <summary>Who or what hands it over.</summary>
    public required string Source { get; init; }

    public required long ItemCount { get; init; }

    /// <summary>Null for data without amounts.</summary>
    public long? AmountCents { get; init; }

    public required bool PersonalData { get; init; }
}
