namespace Aspire.Hosting.ApplicationModel;

/// <summary>A server that is delivered as a container image.</summary>
/// <param name="name">Name of the resource.</param>
/// <param name="entrypoint">Program to run instead of the image's own.</param>
public class ContainerResource(string name, string? entrypoint = null)
    : Resource(name), IResourceWithEnvironment, IResourceWithArgs, IResourceWithEndpoints, IResourceWithWaitSupport, IComputeResource
{
    /// <summary>Program to run instead of the image's own.</summary>
    public string? Entrypoint { get; set; } = entrypoint;
}
