using System.Text.Json.Serialization;

namespace Delegation.ProjectDelivery.Scoping.Items;

/// <summary>An acceptance case (cas de recette): an act that costs something, and what is to be reimbursed of it.</summary>
internal sealed record AcceptanceCaseRow : GeneratedRow
{
    [JsonPropertyName("case_id")]
    public override Guid Id { get; init; }

    public required string Title { get; init; }

    public required string Guarantee { get; init; }

    public required string Level { get; init; }

    public required string Category { get; init; }

    /// <summary>What the act costs (frais réels).</summary>
    public required long SpentCents { get; init; }

    /// <summary>What the compulsory scheme computes from (BRSS).</summary>
    public required long BaseCents { get; init; }

    public required int AmoRatePpm { get; init; }

    /// <summary>What the compulsory scheme pays.</summary>
    public required long AmoCents { get; init; }

    /// <summary>What the complementary scheme is to pay.</summary>
    public required long ExpectedCents { get; init; }

    /// <summary>How it follows from the rest.</summary>
    public required string Formula { get; init; }
}
