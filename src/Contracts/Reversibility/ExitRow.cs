using Delegation.Contracts.V1;
using Delegation.Persistence.Commands;
using Delegation.Persistence.Journal;
using Google.Protobuf;

namespace Delegation.Contracts.Reversibility;

/// <summary>An exit as the database keeps it.</summary>
/// <param name="OwnerId">The insurer.</param>
/// <param name="DelegationId">The delegation.</param>
/// <param name="DelegateId">The delegate.</param>
/// <param name="Id">Identifies it.</param>
/// <param name="Document">The message <see cref="V1.Exit"/> without criteria and etag, as proto3 JSON.</param>
/// <param name="Revision">Of the last change.</param>
internal sealed record ExitRow(Guid OwnerId, Guid DelegationId, Guid DelegateId, Guid Id, string Document, long Revision)
{
    public const string ObjectType = "exit";

    public string State => Read().State.Stored();

    public string Phase => Read().Phase.Stored();

    /// <summary>A message of the caller's own, which may be changed.</summary>
    public Exit Read() => ProtoJson.Read<Exit>(Document);

    /// <summary>The message as callers get it.</summary>
    public Exit ToMessage(IEnumerable<ExitCriterion>? criteria = null)
    {
        var exit = Read();
        exit.Etag = Etag.Of(Id, Revision);
        exit.Criteria.Add(criteria ?? []);
        return exit;
    }

    /// <summary>The next revision.</summary>
    public ExitRow With(Exit changed) => this with { Document = JsonFormatter.Default.Format(changed), Revision = Revision + 1 };

    public JournalEvent Happened(IMessage happened) => new(OwnerId, DelegationId, DelegateId, Visibility.Both, ObjectType, Id, Revision, happened);
}
