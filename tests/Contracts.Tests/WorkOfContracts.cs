using Delegation.Access.V1;
using Delegation.Journal.V1;

namespace Delegation.Contracts.Tests;

/// <summary>What waits for somebody, as the journal of the service says.</summary>
internal static class WorkOfContracts
{
    /// <summary>The kinds and sides of what is open in the matters of an insurer.</summary>
    public static async Task<IReadOnlyList<(string Kind, Side Side)>> OpenWorkAsync(this ContractsHost host, string insurerId)
    {
        var open = new Dictionary<string, WorkItem>();
        foreach (var entry in await host.EntriesOfAsync(insurerId))
        {
            if (entry.Event is WorkItemOpened opened)
                open[opened.WorkItem.Id] = opened.WorkItem;
            else if (entry.Event is WorkItemClosed closed)
                open.Remove(closed.WorkItemId);
        }

        return [.. open.Values.Select(item => (item.Kind, item.Side)).Order()];
    }
}
