using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Local;

/// <summary>Stops each resource only when everything that waited for it has stopped.</summary>
internal static class StopOrder
{
    public static async Task StopAsync(IReadOnlyList<ResourceRunner> runners)
    {
        var dependants = runners
            .SelectMany(runner => WaitGraph.NeedsOf(runner.Resource).Select(need => (Need: need, Runner: runner)))
            .ToLookup(pair => pair.Need, pair => pair.Runner);
        var stopping = new Dictionary<IResource, Task>();
        await Task.WhenAll(runners.Select(Stop));

        // The graph has no circles: the application was refused otherwise.
        Task Stop(ResourceRunner runner)
        {
            if (!stopping.TryGetValue(runner.Resource, out var task))
            {
                stopping[runner.Resource] = task = StopAfterAsync(Task.WhenAll(dependants[runner.Resource].Select(Stop).ToArray()), runner);
            }

            return task;
        }
    }

    private static async Task StopAfterAsync(Task dependants, ResourceRunner runner)
    {
        await dependants;
        await runner.StopAsync();
    }
}
