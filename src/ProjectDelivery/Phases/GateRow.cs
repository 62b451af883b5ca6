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
    public bool WasPassedBy(Side side, ReadOnlySpan<byte> evidenceSha256) =>
        (side == Side.Insurer ? InsurerPassTime : DelegatePassTime) is not null && evidenceSha256.SequenceEqual(EvidenceSha256);

    /// <summary>A side passes it on this evidence. What was passed on another falls away, and the gate is passed with the second side.</summary>
    public GateRow PassedBy(Caller caller, byte[] evidenceSha256, DateTime now)
    {
        var kept = evidenceSha256.AsSpan().SequenceEqual(EvidenceSha256)
            ? this
            : this with { EvidenceSha256 = evidenceSha256, InsurerPersonId = null, InsurerPassTime = null, DelegatePersonId = null, DelegatePassTime = null };
        var passed = caller.Side == Side.Insurer
            ? kept with { InsurerPersonId = caller.PersonId, InsurerPassTime = now }
            : kept with { DelegatePersonId = caller.PersonId, DelegatePassTime = now };

        return passed with
        {
            PassTime = passed is { InsurerPassTime: not null, DelegatePassTime: not null } ? now : null,
            Revision = Revision + 1,
        };
    }

    /// <summary>Who passed it.</summary>
    public IEnumerable<GatePass> Passes
    {
        get
        {
            if (InsurerPassTime is { } insurerTime)
                yield return new GatePass { Side = Side.Insurer, PersonId = InsurerPersonId.ToString(), Time = Timestamp.FromDateTime(insurerTime) };
            if (DelegatePassTime is { } delegateTime)
                yield return new GatePass { Side = Side.Delegate, PersonId = DelegatePersonId.ToString(), Time = Timestamp.FromDateTime(delegateTime) };
        }
    }
}
