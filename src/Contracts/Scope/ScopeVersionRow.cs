using Delegation.Access.V1;
using Delegation.Contracts.V1;
using Delegation.Persistence.Access;
using Delegation.Persistence.Commands;
using Delegation.ServiceDefaults.Fields;
using Google.Protobuf.WellKnownTypes;
using Extent = Delegation.Contracts.V1.ScopeVersion.Types.Extent;
using State = Delegation.Contracts.V1.ScopeVersion.Types.State;

namespace Delegation.Contracts.Scope;

/// <summary>A version of a scope as the database keeps it.</summary>
internal sealed record ScopeVersionRow
{
    public required Guid OwnerId { get; init; }

    public required Guid DelegationId { get; init; }

    public required Guid DelegateId { get; init; }

    public required Guid Id { get; init; }

    public required int Number { get; init; }

    public required string Occasion { get; init; }

    public required string State { get; init; }

    public required DateOnly EffectiveDay { get; init; }

    public DateOnly? SupersededOnDay { get; init; }

    public DateTime? SupersedeTime { get; init; }

    /// <summary>Messages <see cref="ScopeLine"/>, as proto3 JSON.</summary>
    public required string Lines { get; init; }

    public required string Extent { get; init; }

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

    public bool IsIn(State state) => State == state.Stored();

    public bool HasConsentOf(Side side) => (side == Side.Insurer ? InsurerConsentTime : DelegateConsentTime) is not null;

    public IReadOnlyList<ScopeLine> ReadLines() => ProtoJson.ReadList<ScopeLine>(Lines);

    public ScopeVersion ToMessage()
    {
        var lines = ReadLines();
        var awaited = IsIn(V1.ScopeVersion.Types.State.Proposed) ? new[] { Side.Insurer, Side.Delegate }.Where(side => !HasConsentOf(side)) : [];
        return new ScopeVersion
        {
            Id = Id.ToString(),
            DelegationId = DelegationId.ToString(),
            Number = Number,
            Occasion = StoredNames.Read<ScopeOccasion>(Occasion),
            State = StoredNames.Read<State>(State),
            EffectiveDay = DayField.Write(EffectiveDay),
            SupersededOnDay = DayField.Write(SupersededOnDay),
            Lines = { lines },
            Extent = StoredNames.Read<Extent>(Extent),
            UndecidedLines = { ScopeLines.Undecided(lines) },
            Consents = { Consents().OrderBy(consent => consent.Time) },
            AwaitedSides = { awaited },
            ProposedBy = RoleCodes.SideOf(ProposedBy),
            CreateTime = Timestamp.FromDateTime(CreateTime),
            ValidateTime = ValidateTime is { } time ? Timestamp.FromDateTime(time) : null,
            Etag = Etag.Of(Id, Revision),
        };
    }

    private IEnumerable<SideConsent> Consents()
    {
        if (InsurerConsentTime is { } insurer)
            yield return new SideConsent { Side = Side.Insurer, PersonId = InsurerPersonId.ToString(), Time = Timestamp.FromDateTime(insurer) };

        if (DelegateConsentTime is { } @delegate)
            yield return new SideConsent { Side = Side.Delegate, PersonId = DelegatePersonId.ToString(), Time = Timestamp.FromDateTime(@delegate) };
    }
}
