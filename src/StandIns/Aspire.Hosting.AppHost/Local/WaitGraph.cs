using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Local;

/// <summary>Who waits for whom.</summary>
internal static class WaitGraph
{
    /// <summary>What a resource cannot do without: what it waits for, and the resource it lives in.</summary>
    public static IEnumerable<IResource> NeedsOf(IResource resource)
    {
        foreach (var wait in resource.Annotations.OfType<WaitAnnotation>())
        {
            yield return wait.Resource;
        }

        if (resource is IResourceWithParent { Parent: var parent })
        {
            yield return parent;
        }
    }

    /// <exception cref="DistributedApplicationException">Resources wait for each other.</exception>
    public static void RefuseCircles(IEnumerable<IResource> resources)
    {
        var done = new HashSet<IResource>();
        foreach (var resource in resources)
        {
            Visit(resource, [], done);
        }
    }

    private static void Visit(IResource resource, List<IResource> path, HashSet<IResource> done)
    {
        if (done.Contains(resource))
        {
            return;
        }

        var seen = path.IndexOf(resource);
        path.Add(resource);
        if (seen >= 0)
        {
            throw new DistributedApplicationException(
                $"Resources wait for each other in a circle, so none of them could ever start: {string.Join(" -> ", path.Skip(seen).Select(r => r.Name))}.");
        }

        foreach (var needed in NeedsOf(resource))
        {
            Visit(needed, path, done);
        }

        path.RemoveAt(path.Count - 1);
        done.Add(resource);
    }
}
