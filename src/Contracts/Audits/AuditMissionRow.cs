using Delegation.Access.V1;
using Delegation.Contracts.V1;
using Delegation.Persistence.Access;
using Delegation.Persistence.Commands;
using Delegation.Persistence.Journal;
using Delegation.ServiceDefaults.Fields;
using Google.Protobuf.WellKnownTypes;
using Kind = Delegation.Contracts.V1.AuditMission.Types.Kind;
using State = Delegation.Contracts.V1.AuditMission.Types.State;

namespace Delegation.Contracts.Audits;

/// <summary>A mission as the database keeps it.</summary>
internal sealed record AuditMissionRow
{
    public required Guid OwnerId { get; init; }

    public required Guid DelegationId { get; init; }

    public required Guid DelegateId { get; init; }

    public required Guid Id { get; init; }

    public required string Kind { get; init; }

    public required string Title { get; init; }

    public required string LegalBasis { get; init; }

    public required string ClauseCode { get; init; }

    public required string ClauseTitle { get; init; }

    public required string AuditedSide { get; init; }

    public required string RecordedBy { get; init; }

    public required string[] Subjects { get; init; }

    public required DateOnly PeriodStartDay { get; init; }

    public required DateOnly PeriodEndDay { get; init; }

    public required int NoticeDays { get; init; }

    public required string UrgentReason { get; init; }

    public required DateOnly OpenDay { get; init; }

    public required DateOnly CloseDay { get; init; }

    public required DateTime AccessStart { get; init; }

    public required DateTime AccessEnd { get; init; }

    public required string Auditors { get; init; }

    public required string ReadsSeenBy { get; init; }

    public required string State { get; init; }

    public DateTime? NotifyTime { get; init; }

    public DateTime? OpenTime { get; init; }

    public DateTime? EndTime { get; init; }

    public string EndReason { get; init; } = "";

    public required DateTime CreateTime { get; init; }

    public required long Revision { get; init; }

    public Kind KindOf => StoredNames.Read<Kind>(Kind);

    public Side Audited => RoleCodes.SideOf(AuditedSide);

    public Side Recorder => RoleCodes.SideOf(RecordedBy);

    /// <summary>The organisation of a side.</summary>
    public Guid OrganizationOf(Side side) => side == Side.Insurer ? OwnerId : DelegateId;

    public bool IsIn(State state) => State == state.Stored();

    public AuditMission ToMessage() => new()
    {
        Id = Id.ToString(),
        DelegationId = DelegationId.ToString(),
        Kind = KindOf,
        Title = Title,
        LegalBasis = LegalBasis,
        ClauseCode = ClauseCode,
        ClauseTitle = ClauseTitle,
        AuditedSide = Audited,
        RecordedBy = Recorder,
        Subjects = { Subjects.Select(StoredNames.Read<AuditSubject>) },
        PeriodStartDay = DayField.Write(PeriodStartDay),
        PeriodEndDay = DayField.Write(PeriodEndDay),
        NoticeDays = NoticeDays,
        UrgentReason = UrgentReason,
        OpenDay = DayField.Write(OpenDay),
        CloseDay = DayField.Write(CloseDay),
        Auditors = { ProtoJson.ReadList<Auditor>(Auditors) },
        State = StoredNames.Read<State>(State),
        NotifyTime = Written(NotifyTime),
        OpenTime = Written(OpenTime),
        EndTime = Written(EndTime),
        EndReason = EndReason,
        ReadsShown = ReadsSeenBy == Visibility.Both.Stored(),
        CreateTime = Timestamp.FromDateTime(CreateTime),
        Etag = Etag.Of(Id, Revision),
    };

    private static Timestamp? Written(DateTime? time) => time is { } known ? Timestamp.FromDateTime(known) : null;
}
