using System.Text.Json.Serialization;
using Delegation.Access.V1;
using Delegation.Delivery.V1;
using Delegation.Persistence.Access;

namespace Delegation.ProjectDelivery.Cutover;

/// <summary>A step of a runbook: as it was planned, and what happened.</summary>
/// <param name="Id">What work items name.</param>
/// <param name="Number">What people name.</param>
/// <param name="Title">What is done.</param>
/// <param name="Kind">What it is, as stored.</param>
/// <param name="Side">The side of its owner.</param>
/// <param name="Role">The role of its owner, or null.</param>
/// <param name="PersonId">Its owner, or null.</param>
/// <param name="Minutes">How long it takes.</param>
/// <param name="NotBefore">When it begins at the earliest.</param>
/// <param name="After">The numbers of the steps that it waits for, all earlier in the runbook.</param>
internal sealed record Step(
    Guid Id, int Number, string Title, string Kind, string Side, string? Role, Guid? PersonId, int Minutes, DateTime? NotBefore, IReadOnlyList<int> After)
{
    public DateTime? Began { get; init; }

    public DateTime? Ended { get; init; }

    /// <summary>At most one of each side.</summary>
    public IReadOnlyList<Decided> Decisions { get; init; } = [];

    [JsonIgnore]
    public bool IsDecision => Kind == CutoverStepKind.DecisionPoint.Stored();

    [JsonIgnore]
    public bool IsRollbackPoint => Kind == CutoverStepKind.RollbackPoint.Stored();

    [JsonIgnore]
    public Side OwnedBy => RoleCodes.SideOf(Side);

    [JsonIgnore]
    public ActionOwner Owner => new()
    {
        Side = OwnedBy,
        Role = RoleCodes.TryParse(Role, out var role) ? role : Access.V1.Role.Unspecified,
        PersonId = PersonId?.ToString() ?? "",
    };

    /// <summary>What a side decided on the runbook as it is: a go to a former one does not hold, a no-go does until it is taken back.</summary>
    public Decided? DecisionOf(Side side, long contentRevision) =>
        Decisions.FirstOrDefault(decision => decision.Side == side.Code() && (!decision.Go || decision.Revision == contentRevision));
}

/// <summary>The go or no-go of a side.</summary>
/// <param name="Side">The side, as stored.</param>
/// <param name="Go">Whether to go on.</param>
/// <param name="Reason">Why.</param>
/// <param name="PersonId">Who decided.</param>
/// <param name="Time">When.</param>
/// <param name="Revision">The content revision of the runbook that it holds for.</param>
internal sealed record Decided(string Side, bool Go, string Reason, Guid PersonId, DateTime Time, long Revision);
