using Delegation.TestKit.Access;

namespace Delegation.Watch.Tests.Access.RecordedCalls;

internal sealed class OfTheJournal : IRecordedCalls
{
    public IEnumerable<RecordedCall> All => [.. JournalCalls.All, .. ArchiveCalls.All];
}
