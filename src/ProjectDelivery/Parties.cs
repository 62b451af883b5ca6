using Delegation.Access.V1;
using Delegation.Persistence.Journal;
using Google.Protobuf;

namespace Delegation.ProjectDelivery;

/// <summary>The two parties of a delegation: what every row and every journal entry of it says.</summary>
internal sealed record Parties(Guid OwnerId, Guid DelegationId, Guid DelegateId)
{
    /// <summary>
    /// The column of party tables in which organisations of a side are. A query names the one that an index of its side has, and never asks
    /// for "the one or the other".
    /// </summary>
    public static string Column(Side side) => side == Side.Insurer ? "owner_id" : "delegate_id";

    /// <summary>The organisation of a side.</summary>
    public Guid Of(Side side) => side == Side.Insurer ? OwnerId : DelegateId;

    /// <summary>An entry that both see.</summary>
    public JournalEvent Entry(string objectType, Guid objectId, long revision, IMessage happened) =>
        new(OwnerId, DelegationId, DelegateId, Visibility.Both, objectType, objectId, revision, happened);
}
