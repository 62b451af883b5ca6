using Delegation.TestKit.Access;

namespace Delegation.Reporting.Tests.Access.RecordedCalls;

internal sealed class OfTheJournal : IRecordedCalls
{
    public IEnumerable<RecordedCall> All => [.. JournalCalls.All, .. ArchiveCalls.All];
}
