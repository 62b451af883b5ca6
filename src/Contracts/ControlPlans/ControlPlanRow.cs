using Delegation.Contracts.V1;
using Delegation.Persistence.Commands;
using Delegation.Persistence.Journal;
using Google.Protobuf;
using PlanState = Delegation.Contracts.V1.ControlPlan.Types.State;

namespace Delegation.Contracts.ControlPlans;

/// <summary>A version of a plan as the database keeps it.</summary>
/// <param name="OwnerId">The insurer.</param>
/// <param name="DelegationId">The delegation.</param>
/// <param name="DelegateId">The delegate.</param>
/// <param name="Id">Identifies it.</param>
/// <param name="Document">The message <see cref="ControlPlan"/> without etag, as proto3 JSON.</param>
/// <param name="Revision">Of the last change.</param>
internal sealed record ControlPlanRow(Guid OwnerId, Guid DelegationId, Guid DelegateId, Guid Id, string Document, long Revision)
{
    public const string ObjectType = "control_plan";

    public int Year => Read().Year;

    public int Number => Read().Number;

    public string State => Read().State.Stored();

    /// <summary>A draft is the insurer's own: it is not told yet what it will look at, and when.</summary>
    public string Visibility => SeenBy.Stored();

    private Visibility SeenBy => Read().State == PlanState.Draft ? Persistence.Journal.Visibility.Insurer : Persistence.Journal.Visibility.Both;

    /// <summary>A message of the caller's own, which may be changed.</summary>
    public ControlPlan Read() => ProtoJson.Read<ControlPlan>(Document);

    public ControlPlan ToMessage() => new(Read()) { Etag = Etag.Of(Id, Revision) };

    /// <summary>The next revision.</summary>
    public ControlPlanRow With(ControlPlan changed) => this with { Document = JsonFormatter.Default.Format(changed), Revision = Revision + 1 };

    public JournalEvent Happened(IMessage happened) => new(OwnerId, DelegationId, DelegateId, SeenBy, ObjectType, Id, Revision, happened);
}
