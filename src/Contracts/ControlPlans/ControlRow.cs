using Delegation.Contracts.V1;
using Delegation.Persistence.Commands;
using Delegation.Persistence.Journal;
using Google.Protobuf;

namespace Delegation.Contracts.ControlPlans;

/// <summary>A control as the database keeps it.</summary>
/// <param name="OwnerId">The insurer.</param>
/// <param name="DelegationId">The delegation.</param>
/// <param name="DelegateId">The delegate.</param>
/// <param name="Id">Identifies it.</param>
/// <param name="Document">The message <see cref="Control"/> without etag, as proto3 JSON.</param>
/// <param name="Revision">Of the last change.</param>
internal sealed record ControlRow(Guid OwnerId, Guid DelegationId, Guid DelegateId, Guid Id, string Document, long Revision)
{
    public const string ObjectType = "control";

    public int Year => Read().Year;

    public string Code => Read().Planned.Code;

    public DateOnly DueDay => ControlDays.DueOn(Read());

    public string State => Read().State.Stored();

    /// <summary>A message of the caller's own, which may be changed.</summary>
    public Control Read() => ProtoJson.Read<Control>(Document);

    public Control ToMessage() => new(Read()) { Etag = Etag.Of(Id, Revision) };

    /// <summary>The next revision.</summary>
    public ControlRow With(Control changed) => this with { Document = JsonFormatter.Default.Format(changed), Revision = Revision + 1 };

    public JournalEvent Happened(IMessage happened) => new(OwnerId, DelegationId, DelegateId, Visibility.Both, ObjectType, Id, Revision, happened);
}
