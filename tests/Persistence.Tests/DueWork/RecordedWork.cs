using System.Collections.Concurrent;
using Delegation.Persistence.DueWork;
using Delegation.Persistence.Tenancy;

namespace Delegation.Persistence.Tests.DueWork;

/// <summary>Work that writes down what it did, in its transaction and in memory, and fails as often as it is told.</summary>
internal sealed class RecordedWork(string kind, int failures = 0) : IDueWork
{
    private int _failuresLeft = failures;

    public string Kind => kind;

    public ConcurrentQueue<DueItem> Done { get; } = [];

    public async Task RunAsync(DueItem item, SystemSession session, CancellationToken cancellationToken)
    {
        await session.ExecuteAsync("INSERT INTO progress VALUES (@step)", new { step = BitConverter.ToInt32(item.ObjectId.ToByteArray(), 10) }, cancellationToken);
        if (Interlocked.Decrement(ref _failuresLeft) >= 0)
            throw new TimeoutException("made up");

        Done.Enqueue(item);
    }
}
