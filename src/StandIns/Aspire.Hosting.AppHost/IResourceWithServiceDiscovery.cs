using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>A resource that others find by its name alone, at whichever endpoint fits.</summary>
public interface IResourceWithServiceDiscovery : IResourceWithEndpoints;
