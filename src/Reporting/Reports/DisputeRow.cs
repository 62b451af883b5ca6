using Delegation.Access.V1;
using Delegation.Persistence.Stored;
using Delegation.Reporting.V1;
using Google.Protobuf.WellKnownTypes;
using Resolution = Delegation.Reporting.V1.ReportDispute.Types.Resolution;

namespace Delegation.Reporting.Reports;

/// <summary>A disputed figure as the table <c>report_dispute</c> has it.</summary>
internal sealed record DisputeRow
{
    private const string Unsaid = "unspecified";

    public required Guid Id { get; init; }

    public required int Version { get; init; }

    public required string TableKey { get; init; }

    public required string LineKey { get; init; }

    public required string ColumnKey { get; init; }

    public required long? Published { get; init; }

    public required long Claimed { get; init; }

    public required string Reason { get; init; }

    public required Guid PersonId { get; init; }

    public required DateTime DisputeTime { get; init; }

    public string InsurerResolution { get; init; } = Unsaid;

    public string DelegateResolution { get; init; } = Unsaid;

    public DateTime? ResolveTime { get; init; }

    /// <summary>What a side said last; unspecified when it said nothing.</summary>
    public string SaidBy(Side side) => side == Side.Insurer ? InsurerResolution : DelegateResolution;

    /// <summary>After a side said what should become of it: resolved once both say the same.</summary>
    public DisputeRow With(Side side, Resolution resolution, DateTime now)
    {
        var said = side == Side.Insurer ? this with { InsurerResolution = resolution.Stored() } : this with { DelegateResolution = resolution.Stored() };
        return said.InsurerResolution == said.DelegateResolution ? said with { ResolveTime = now } : said;
    }

    public ReportDispute ToMessage() => new()
    {
        Id = Id.ToString(),
        Version = Version,
        TableKey = TableKey,
        LineKey = LineKey,
        ColumnKey = ColumnKey,
        Published = Cell.Of(Published),
        Claimed = Cell.Of(Claimed),
        Reason = Reason,
        PersonId = PersonId.ToString(),
        DisputeTime = Timestamp.FromDateTime(DisputeTime),
        InsurerResolution = StoredNames.Read<Resolution>(InsurerResolution),
        DelegateResolution = StoredNames.Read<Resolution>(DelegateResolution),
        Resolution = ResolveTime is null ? Resolution.Unspecified : StoredNames.Read<Resolution>(InsurerResolution),
        ResolveTime = ResolveTime is { } time ? Timestamp.FromDateTime(time) : null,
    };
}
