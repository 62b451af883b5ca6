using Delegation.Access.V1;
using Delegation.Delivery.V1;
using Delegation.Persistence.Access;
using Delegation.Persistence.Commands;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Google.Protobuf.WellKnownTypes;
using State = Delegation.Delivery.V1.GateOverride.Types.State;

namespace Delegation.ProjectDelivery.Phases;

/// <summary>An override as the database keeps it.</summary>
internal sealed record OverrideRow(
    Guid OwnerId,
    Guid DelegationId,
    Guid DelegateId,
    Guid ProjectId,
    Guid Id,
    string Gate,
    string Criterion,
    string Reason,
    DateOnly EndDay,
    string State,
    string FoundEn,
    string FoundFr,
    string ProposedBy,
    Guid ProposerId,
    DateTime CreateTime,
    Guid? ConfirmerId,
    DateTime? ConfirmTime,
    DateTime? EndTime,
    long Revision)
{
    public Parties Parties => new(OwnerId, DelegationId, DelegateId);

    public ProjectGate Which => StoredNames.Read<ProjectGate>(Gate);

    public State In => StoredNames.Read<State>(State);

    public Side ProposingSide => RoleCodes.SideOf(ProposedBy);

    public Side ConfirmingSide => ProposingSide == Side.Insurer ? Side.Delegate : Side.Insurer;

    /// <summary>Whether it covers its criterion on a day. The clock decides, not whether its expiry was noted already.</summary>
    public bool HoldsOn(DateOnly day) => In == GateOverride.Types.State.InForce && day <= EndDay;

    /// <summary>The override in words of a language; without words for null.</summary>
    public GateOverride ToMessage(string? language) => new()
    {
        Id = Id.ToString(),
        ProjectId = ProjectId.ToString(),
        Gate = Which,
        Criterion = Criterion,
        Reason = Reason,
        EndDay = DayField.Write(EndDay),
        State = In,
        Found = language is null ? "" : new LocalizedText(FoundEn, FoundFr).In(language),
        ProposedBy = ProposingSide,
        ProposerId = ProposerId.ToString(),
        CreateTime = Timestamp.FromDateTime(CreateTime),
        ConfirmerId = ConfirmerId?.ToString() ?? "",
        ConfirmTime = ConfirmTime is { } confirmed ? Timestamp.FromDateTime(confirmed) : null,
        EndTime = EndTime is { } ended ? Timestamp.FromDateTime(ended) : null,
        Etag = Etag.Of(Id, Revision),
    };
}
