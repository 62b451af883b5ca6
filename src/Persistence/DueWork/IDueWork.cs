using Delegation.Persistence.Tenancy;

namespace Delegation.Persistence.DueWork;

/// <summary>What is done when work of one kind becomes due. Register each as a singleton of this type.</summary>
public interface IDueWork
{
    /// <summary>The kind of the items it takes.</summary>
    string Kind { get; }

    /// <summary>
    /// Does the work in the transaction that also takes the item off the list: both happen, once, or neither. What it finds may have
    /// changed since the work was scheduled; it looks again. It may schedule the item anew. An exception leaves the item for later.
    /// </summary>
    Task RunAsync(DueItem item, SystemSession session, CancellationToken cancellationToken);
}
