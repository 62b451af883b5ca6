using Delegation.Persistence.Commands;
using Delegation.Persistence.Stored;
using Delegation.Reporting.V1;
using Delegation.ServiceDefaults.Fields;
using Google.Protobuf.WellKnownTypes;
using Kind = Delegation.Reporting.V1.Report.Types.Kind;

namespace Delegation.Reporting.Reports;

/// <summary>A report as the table <c>report</c> has it.</summary>
internal sealed record ReportRow
{
    public const string Waiting = "waiting";
    public const string Accepted = "accepted";
    public const string Disputed = "disputed";

    public required Guid OwnerId { get; init; }

    public required Guid DelegationId { get; init; }

    public required Guid DelegateId { get; init; }

    public required Guid Id { get; init; }

    public Guid? CalendarId { get; init; }

    public required string Kind { get; init; }

    public required string Title { get; init; }

    public required DateOnly PeriodStartDay { get; init; }

    public required DateOnly PeriodEndDay { get; init; }

    public required DateOnly DueDay { get; init; }

    public DateTime? PublishTime { get; init; }

    public int Version { get; init; }

    public string Acceptance { get; init; } = "unspecified";

    public DateTime? LateTime { get; init; }

    public long Revision { get; init; } = 1;

    public KnownDelegation Delegation => new(OwnerId, DelegationId, DelegateId, "open");

    public Period Period => new(PeriodStartDay, PeriodEndDay);

    public Kind KindOf => StoredNames.Read<Kind>(Kind);

    /// <summary>The report at an instant, without versions and disputes.</summary>
    public Report ToMessage(DateTimeOffset now) => new()
    {
        Id = Id.ToString(),
        DelegationId = DelegationId.ToString(),
        Kind = KindOf,
        Title = Title,
        PeriodStartDay = DayField.Write(PeriodStartDay),
        PeriodEndDay = DayField.Write(PeriodEndDay),
        DueDay = DayField.Write(DueDay),
        State = PublishTime is null ? Report.Types.State.Due : Report.Types.State.Published,
        PublishTime = PublishTime is { } published ? Timestamp.FromDateTime(published) : null,
        Late = ListedReport.IsLate(DueDay, PublishTime, now),
        LateTime = LateTime is { } late ? Timestamp.FromDateTime(late) : null,
        VersionCount = Version,
        Acceptance = StoredNames.Read<Report.Types.Acceptance>(Acceptance),
        Etag = Etag.Of(Id, Revision),
    };

    /// <summary>The same with what belongs to it.</summary>
    public Report ToMessage(DateTimeOffset now, IEnumerable<VersionRow> versions, IEnumerable<DisputeRow> disputes)
    {
        var message = ToMessage(now);
        message.Versions.AddRange(versions.Select(version => version.ToMessage()));
        message.Disputes.AddRange(disputes.Select(dispute => dispute.ToMessage()));
        return message;
    }
}
