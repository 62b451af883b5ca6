namespace Aspire.Hosting.ApplicationModel;

/// <summary>Which endpoints of another resource a resource refers to.</summary>
/// <param name="resource">The resource that listens.</param>
public sealed class EndpointReferenceAnnotation(IResourceWithEndpoints resource) : IResourceAnnotation
{
    /// <summary>The resource that listens.</summary>
    public IResourceWithEndpoints Resource { get; } = resource ?? throw new ArgumentNullException(nameof(resource));

    /// <summary>Whether all its endpoints are meant.</summary>
    public bool UseAllEndpoints { get; set; }

    /// <summary>Endpoints that were named.</summary>
    public ISet<string> EndpointNames { get; } = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
}
