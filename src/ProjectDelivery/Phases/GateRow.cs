using Delegation.Access.V1;
using Delegation.Delivery.V1;
using Delegation.Persistence.Tenancy;
using Google.Protobuf.WellKnownTypes;

namespace Delegation.ProjectDelivery.Phases;

/// <summary>A gate that at least one side has passed, as the database keeps it.</summary>
internal sealed record GateRow(
    Guid OwnerId,
    Guid DelegationId,
    Guid DelegateId,
    Guid ProjectId,
    Guid Id,
    string Gate,
    byte[] EvidenceSha256,
    Guid? InsurerPersonId,
    DateTime? InsurerPassTime,
    Guid? DelegatePersonId,
    DateTime? DelegatePassTime,
    DateTime? PassTime,
    long Revision)
{
    public Parties Parties => new(OwnerId, DelegationId, DelegateId);

    public ProjectGate Which => StoredNames.Read<ProjectGate>(Gate);

    public bool IsPassed => PassTime is not null;

    /// <summary>Whether a side passed it on this evidence, and not on another.</summary>
    public bool WasPassedBy(Side side, ReadOnlySpan<byte> evidenceSha256) => Consent.IsGivenBy(side, evidenceSha256);

    /// <summary>A side passes it on this evidence. What was passed on another falls away, and the gate is passed with the last of the sides that it takes.</summary>
    public GateRow PassedBy(Caller caller, byte[] evidenceSha256, IReadOnlyList<Side> sides, DateTime now)
    {
        var given = Consent.With(caller, evidenceSha256, now);
        return this with
        {
            EvidenceSha256 = evidenceSha256,
            InsurerPersonId = given.InsurerPersonId,
            InsurerPassTime = given.InsurerTime,
            DelegatePersonId = given.DelegatePersonId,
            DelegatePassTime = given.DelegateTime,
            PassTime = sides.All(side => given.IsGivenBy(side, evidenceSha256)) ? now : null,
            Revision = Revision + 1,
        };
    }

    /// <summary>Who passed it.</summary>
    public IEnumerable<GatePass> Passes => Consent.Given.Select(
        given => new GatePass { Side = given.Side, PersonId = given.PersonId.ToString(), Time = Timestamp.FromDateTime(given.Time) });

    private ContentConsent Consent => new(EvidenceSha256, InsurerPersonId, InsurerPassTime, DelegatePersonId, DelegatePassTime);
}
