using Delegation.Access.V1;
using Delegation.Contracts.V1;
using Delegation.Persistence.Access;
using Delegation.ServiceDefaults.Fields;
using Google.Protobuf.WellKnownTypes;
using State = Delegation.Contracts.V1.JointVersion.Types.State;

namespace Delegation.Contracts.JointVersions;

/// <summary>A version of something that both sides validate, as the database keeps it.</summary>
internal sealed record JointVersionRow
{
    public required Guid OwnerId { get; init; }

    public required Guid DelegationId { get; init; }

    public required Guid DelegateId { get; init; }

    public required Guid Id { get; init; }

    public required string Kind { get; init; }

    public required Guid SubjectId { get; init; }

    public Guid? AboutId { get; init; }

    public required int Number { get; init; }

    public required string State { get; init; }

    public required DateOnly EffectiveDay { get; init; }

    public DateOnly? LastDay { get; init; }

    public DateOnly? SupersededOnDay { get; init; }

    public DateTime? SupersedeTime { get; init; }

    /// <summary>What it says: for each kind a message, as proto3 JSON.</summary>
    public required string Terms { get; init; }

    public required string ProposedBy { get; init; }

    public Guid? InsurerPersonId { get; init; }

    public DateTime? InsurerConsentTime { get; init; }

    public Guid? DelegatePersonId { get; init; }

    public DateTime? DelegateConsentTime { get; init; }

    public required DateTime CreateTime { get; init; }

    public DateTime? ValidateTime { get; init; }

    /// <summary>The revision of the last change of what is to be consented to.</summary>
    public required long ContentRevision { get; init; }

    public required long Revision { get; init; }

    public string Etag => Persistence.Commands.Etag.Of(Id, Revision);

    public bool IsIn(State state) => State == state.Stored();

    public bool HasConsentOf(Side side) => (side == Side.Insurer ? InsurerConsentTime : DelegateConsentTime) is not null;

    /// <summary>Whether both sides agreed that it holds on a day.</summary>
    public bool Holds(DateOnly day) =>
        (IsIn(V1.JointVersion.Types.State.Validated) || IsIn(V1.JointVersion.Types.State.Superseded))
        && EffectiveDay <= day && (LastDay is null || day <= LastDay) && (SupersededOnDay is null || day < SupersededOnDay);

    public JointVersion ToMessage() => new()
    {
        Number = Number,
        State = StoredNames.Read<State>(State),
        EffectiveDay = DayField.Write(EffectiveDay),
        LastDay = DayField.Write(LastDay),
        SupersededOnDay = DayField.Write(SupersededOnDay),
        Consents = { Consents().OrderBy(consent => consent.Time) },
        AwaitedSides = { IsIn(V1.JointVersion.Types.State.Proposed) ? new[] { Side.Insurer, Side.Delegate }.Where(side => !HasConsentOf(side)) : [] },
        ProposedBy = RoleCodes.SideOf(ProposedBy),
        CreateTime = Timestamp.FromDateTime(CreateTime),
        ValidateTime = ValidateTime is { } time ? Timestamp.FromDateTime(time) : null,
    };

    private IEnumerable<SideConsent> Consents()
    {
        if (InsurerConsentTime is { } insurer)
            yield return new SideConsent { Side = Side.Insurer, PersonId = InsurerPersonId.ToString(), Time = Timestamp.FromDateTime(insurer) };

        if (DelegateConsentTime is { } tpa)
            yield return new SideConsent { Side = Side.Delegate, PersonId = DelegatePersonId.ToString(), Time = Timestamp.FromDateTime(tpa) };
    }
}
