using Delegation.Access.V1;
using Delegation.Delivery.V1;
using Delegation.Persistence.Journal;
using Delegation.Persistence.Tenancy;
using Google.Protobuf;

namespace Delegation.ProjectDelivery.Escalations;

/// <summary>What the journal says of escalations.</summary>
internal static class EscalationJournal
{
    public const string ObjectType = "escalation";

    /// <summary>Both sides read what happens to an escalation.</summary>
    public static Task TellAsync(
        this DatabaseSession session, EscalationRow escalation, Func<Escalation, IMessage> happened, TimeProvider clock, CancellationToken cancellationToken) =>
        session.AppendAsync(
            escalation.Parties.Entry(ObjectType, escalation.Id, escalation.Revision, happened(escalation.ToMessage())), clock, cancellationToken);

    /// <summary>Writes that a comment was made. Of a private one, an entry of its side alone that has not even its text.</summary>
    public static Task TellAsync(
        this TenantSession session, EscalationRow escalation, CommentRow comment, TimeProvider clock, CancellationToken cancellationToken)
    {
        var message = comment.ToMessage();
        if (comment.IsPrivate)
            message.Text = "";

        var seenBy = !comment.IsPrivate ? Visibility.Both : session.Caller.Side == Side.Insurer ? Visibility.Insurer : Visibility.Delegate;
        return session.AppendAsync(
            escalation.Parties.Entry("escalation_comment", comment.Id, 1, new EscalationCommented { Comment = message }) with { Visibility = seenBy },
            clock, cancellationToken);
    }
}
