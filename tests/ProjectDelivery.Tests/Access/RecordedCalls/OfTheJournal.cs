using Delegation.TestKit.Access;

namespace Delegation.ProjectDelivery.Tests.Access.RecordedCalls;

internal sealed class OfTheJournal : IRecordedCalls
{
    public IEnumerable<RecordedCall> All => [.. JournalCalls.All, .. ArchiveCalls.All];
}
