using Delegation.Access.V1;
using Delegation.Contracts.V1;
using Delegation.Persistence.Access;
using Delegation.Persistence.Commands;
using Delegation.ServiceDefaults.Fields;
using Google.Protobuf.WellKnownTypes;
using State = Delegation.Contracts.V1.CreditNote.Types.State;

namespace Delegation.Contracts.Finance;

/// <summary>A credit note as the database keeps it.</summary>
internal sealed record CreditNoteRow
{
    public required Guid OwnerId { get; init; }

    public required Guid DelegationId { get; init; }

    public required Guid DelegateId { get; init; }

    public required Guid Id { get; init; }

    public required int Number { get; init; }

    public required string State { get; init; }

    public required Guid CommitmentId { get; init; }

    public required DateOnly StartDay { get; init; }

    public required DateOnly EndDay { get; init; }

    /// <summary>Messages <see cref="CommitmentResult"/>, as proto3 JSON.</summary>
    public required string Results { get; init; }

    public required long PenaltyCents { get; init; }

    public required long BonusCents { get; init; }

    public required string IssuedBy { get; init; }

    public Guid? InsurerPersonId { get; init; }

    public DateTime? InsurerConsentTime { get; init; }

    public Guid? DelegatePersonId { get; init; }

    public DateTime? DelegateConsentTime { get; init; }

    public string? DisputedBy { get; init; }

    public string DisputeReason { get; init; } = "";

    public long? DisputedAmountCents { get; init; }

    public required DateTime CreateTime { get; init; }

    public DateTime? AcceptTime { get; init; }

    /// <summary>The revision of the last change of what is to be accepted.</summary>
    public required long ContentRevision { get; init; }

    public required long Revision { get; init; }

    public bool IsIn(State state) => State == state.Stored();

    public bool IsOpen => IsIn(V1.CreditNote.Types.State.Issued) || IsIn(V1.CreditNote.Types.State.Disputed);

    public bool HasConsentOf(Side side) => (side == Side.Insurer ? InsurerConsentTime : DelegateConsentTime) is not null;

    public IEnumerable<Side> AwaitedSides => IsOpen ? new[] { Side.Insurer, Side.Delegate }.Where(side => !HasConsentOf(side)) : [];

    public CreditNoteRow WithConsent(Side side, Guid? personId, DateTime? time) => side == Side.Insurer
        ? this with { InsurerPersonId = personId, InsurerConsentTime = time }
        : this with { DelegatePersonId = personId, DelegateConsentTime = time };

    public CreditNote ToMessage() => new()
    {
        Id = Id.ToString(),
        DelegationId = DelegationId.ToString(),
        Number = Number,
        State = StoredNames.Read<State>(State),
        CommitmentId = CommitmentId.ToString(),
        StartDay = DayField.Write(StartDay),
        EndDay = DayField.Write(EndDay),
        Results = { ProtoJson.ReadList<CommitmentResult>(Results) },
        Amount = Euros.Of(Math.Abs(PenaltyCents - BonusCents)),
        Beneficiary = PenaltyCents == BonusCents ? Side.Unspecified : PenaltyCents > BonusCents ? Side.Insurer : Side.Delegate,
        IssuedBy = RoleCodes.SideOf(IssuedBy),
        Consents = { Consents().OrderBy(consent => consent.Time) },
        AwaitedSides = { AwaitedSides },
        DisputedBy = DisputedBy is null ? Side.Unspecified : RoleCodes.SideOf(DisputedBy),
        DisputeReason = DisputeReason,
        DisputedAmount = DisputedAmountCents is { } cents ? Euros.Of(cents) : null,
        CreateTime = Timestamp.FromDateTime(CreateTime),
        AcceptTime = AcceptTime is { } time ? Timestamp.FromDateTime(time) : null,
        Etag = Etag.Of(Id, Revision),
    };

    private IEnumerable<SideConsent> Consents()
    {
        if (InsurerConsentTime is { } insurer)
            yield return new SideConsent { Side = Side.Insurer, PersonId = InsurerPersonId.ToString(), Time = Timestamp.FromDateTime(insurer) };

        if (DelegateConsentTime is { } tpa)
            yield return new SideConsent { Side = Side.Delegate, PersonId = DelegatePersonId.ToString(), Time = Timestamp.FromDateTime(tpa) };
    }
}
