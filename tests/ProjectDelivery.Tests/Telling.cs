using Delegation.TestKit.Hosting;
using Google.Protobuf;

namespace Delegation.ProjectDelivery.Tests;

/// <summary>What another service tells of a delegation.</summary>
internal static class Telling
{
    public static void Tell(this MadeUpJournal journal, Parties parties, IMessage happened, string objectType, Guid objectId, long revision = 1) =>
        journal.Tell((parties.OwnerId, parties.DelegationId, parties.DelegateId), happened, objectType, objectId, revision);
}
