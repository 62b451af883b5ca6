using Delegation.Access.V1;
using Delegation.Delivery.V1;
using Delegation.Persistence.Commands;
using Delegation.ProjectDelivery.Phases;
using Google.Protobuf.WellKnownTypes;
using State = Delegation.Delivery.V1.TakeOver.Types.State;

namespace Delegation.ProjectDelivery.Cutover;

/// <summary>A take-over as the database keeps it, with the title of its lot. Nothing is loaded as long as there are no totals of it.</summary>
internal sealed record TakeOverRow(
    Guid OwnerId,
    Guid DelegationId,
    Guid DelegateId,
    Guid ProjectId,
    Guid LotId,
    string LotTitle,
    Guid Id,
    bool DryRun,
    string State,
    long LotRevision,
    string Source,
    string Loaded,
    string GdprEvidence,
    Guid? InsurerPersonId,
    DateTime? InsurerConsentTime,
    string? InsurerReason,
    Guid? DelegatePersonId,
    DateTime? DelegateConsentTime,
    string? DelegateReason,
    string? Refusal,
    long ContentRevision,
    DateTime CreateTime,
    DateTime UpdateTime,
    long Revision)
{
    public const string ObjectType = "take_over";

    public Parties Parties => new(OwnerId, DelegationId, DelegateId);

    public State In => StoredNames.Read<State>(State);

    /// <summary>Accepted or refused: nothing of it changes any more.</summary>
    public bool IsOver => In is TakeOver.Types.State.Accepted or TakeOver.Types.State.Refused;

    public bool HasConsentOf(Side side) => (side == Side.Insurer ? InsurerConsentTime : DelegateConsentTime) is not null;

    public IReadOnlyList<TakeOverLine> Reconcile() =>
        ControlTotals.Reconcile(ControlTotals.Parse(Source), ControlTotals.Parse(Loaded) is { Count: > 0 } loaded ? loaded : null);

    public TakeOver ToMessage()
    {
        var lines = Reconcile();
        return new TakeOver
        {
            Id = Id.ToString(),
            ProjectId = ProjectId.ToString(),
            LotId = LotId.ToString(),
            DryRun = DryRun,
            State = In,
            Lines = { lines },
            Differs = ControlTotals.Differ(lines),
            Consents = { Consents() },
            Refusal = Refusal ?? "",
            GdprEvidence =
            {
                GdprEvidence.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Answered.Parse)
                    .Select(answered => new GateEvidence { Type = answered.Type, Id = answered.Id, Revision = answered.Revision }),
            },
            CreateTime = Timestamp.FromDateTime(CreateTime),
            UpdateTime = Timestamp.FromDateTime(UpdateTime),
            Etag = Etag.Of(Id, Revision),
        };
    }

    private IEnumerable<TakeOverConsent> Consents()
    {
        if (InsurerConsentTime is { } insurer)
            yield return new TakeOverConsent { Side = Side.Insurer, Reason = InsurerReason, PersonId = InsurerPersonId.ToString(), ConsentTime = Timestamp.FromDateTime(insurer) };
        if (DelegateConsentTime is { } delegated)
            yield return new TakeOverConsent { Side = Side.Delegate, Reason = DelegateReason, PersonId = DelegatePersonId.ToString(), ConsentTime = Timestamp.FromDateTime(delegated) };
    }
}
