using Delegation.Access.V1;
using Delegation.Contracts.V1;
using Delegation.Persistence.Journal;
using Delegation.Persistence.Tenancy;
using Google.Protobuf;

namespace Delegation.Contracts.Negotiation;

/// <summary>What the journal says of negotiations.</summary>
internal static class NegotiationJournal
{
    public const string ObjectType = "contract";

    /// <summary>Writes what happened to a contract, to both sides.</summary>
    public static Task AppendContractAsync(this DatabaseSession session, ContractRow contract, IMessage happened, TimeProvider clock, CancellationToken cancellationToken) =>
        session.AppendAsync(
            new JournalEvent(
                contract.OwnerId, contract.DelegationId, contract.DelegateId, Visibility.Both, ObjectType, contract.Id, contract.Revision, happened),
            clock,
            cancellationToken);

    /// <summary>Writes that a comment was made. Of a private one, an entry of its side alone that has not even its text.</summary>
    public static Task AppendCommentAsync(this TenantSession session, ContractRow contract, CommentRow comment, TimeProvider clock, CancellationToken cancellationToken)
    {
        var message = comment.ToMessage();
        if (comment.IsPrivate)
            message.Text = "";

        var seenBy = !comment.IsPrivate ? Visibility.Both : session.Caller.Side == Side.Insurer ? Visibility.Insurer : Visibility.Delegate;
        return session.AppendAsync(
            new JournalEvent(
                contract.OwnerId, contract.DelegationId, contract.DelegateId, seenBy, "clause_comment", comment.Id, 1, new ClauseCommented { Comment = message }),
            clock,
            cancellationToken);
    }
}
