namespace Aspire.Hosting.ApplicationModel;

/// <summary>A health check, registered in the application's services, that tells about the resource.</summary>
/// <param name="key">Name of the registration.</param>
public class HealthCheckAnnotation(string key) : IResourceAnnotation
{
    /// <summary>Name of the registration.</summary>
    public string Key { get; } = key ?? throw new ArgumentNullException(nameof(key));
}
