namespace Aspire.Hosting.ApplicationModel;

/// <summary>Says that a resource has to do with another one.</summary>
/// <param name="resource">The other resource.</param>
/// <param name="type">How: <c>Reference</c>, <c>WaitFor</c>, <c>Parent</c>.</param>
public sealed class ResourceRelationshipAnnotation(IResource resource, string type) : IResourceAnnotation
{
    /// <summary>The other resource.</summary>
    public IResource Resource { get; } = resource ?? throw new ArgumentNullException(nameof(resource));

    /// <summary>How: <c>Reference</c>, <c>WaitFor</c>, <c>Parent</c>.</summary>
    public string Type { get; } = type ?? throw new ArgumentNullException(nameof(type));
}
