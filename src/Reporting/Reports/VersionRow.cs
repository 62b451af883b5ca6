using Delegation.Reporting.V1;
using Delegation.ServiceDefaults.Fields;
using Google.Protobuf.WellKnownTypes;

namespace Delegation.Reporting.Reports;

/// <summary>A version of a report as the table <c>report_version</c> has it, without its content.</summary>
internal sealed record VersionRow
{
    public required int Version { get; init; }

    public required DateOnly ValuationDay { get; init; }

    public required string Sha256 { get; init; }

    public required long SizeBytes { get; init; }

    public required long LineCount { get; init; }

    public required long DifferenceCount { get; init; }

    public required string Reason { get; init; }

    public required Guid PersonId { get; init; }

    public required DateTime PublishTime { get; init; }

    public ReportVersion ToMessage() => new()
    {
        Version = Version,
        ValuationDay = DayField.Write(ValuationDay),
        Sha256 = Sha256,
        SizeBytes = SizeBytes,
        LineCount = LineCount,
        DifferenceCount = DifferenceCount,
        Reason = Reason,
        PersonId = PersonId.ToString(),
        PublishTime = Timestamp.FromDateTime(PublishTime),
    };
}
