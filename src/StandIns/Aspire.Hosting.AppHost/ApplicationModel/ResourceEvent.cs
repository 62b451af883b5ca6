namespace Aspire.Hosting.ApplicationModel;

/// <summary>What became known about a resource.</summary>
/// <param name="resource">The resource.</param>
/// <param name="resourceId">Name of the process: the resource's name and a suffix per replica.</param>
/// <param name="snapshot">What is known now.</param>
public class ResourceEvent(IResource resource, string resourceId, CustomResourceSnapshot snapshot)
{
    /// <summary>The resource.</summary>
    public IResource Resource { get; } = resource;

    /// <summary>Name of the process: the resource's name and a suffix per replica.</summary>
    public string ResourceId { get; } = resourceId;

    /// <summary>What is known now.</summary>
    public CustomResourceSnapshot Snapshot { get; } = snapshot;
}
