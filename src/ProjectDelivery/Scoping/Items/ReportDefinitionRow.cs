using System.Text.Json.Serialization;

namespace Delegation.ProjectDelivery.Scoping.Items;

/// <summary>A report that the delegate is to deliver (définition de reporting).</summary>
internal sealed record ReportDefinitionRow : GeneratedRow
{
    [JsonPropertyName("report_id")]
    public override Guid Id { get; init; }

    public required string Title { get; init; }

    public required string Kind { get; init; }

    public required string Periodicity { get; init; }

    /// <summary>How many days after the end of a period.</summary>
    public required int DueDays { get; init; }

    public required string Format { get; init; }

    public required string Recipient { get; init; }
}
