namespace Aspire.Hosting.ApplicationModel;

/// <summary>A resource that another one waits for before it starts.</summary>
/// <param name="resource">The resource to wait for.</param>
/// <param name="waitType">What to wait for.</param>
/// <param name="exitCode">Exit code that counts as success when waiting for completion.</param>
public sealed class WaitAnnotation(IResource resource, WaitType waitType, int exitCode = 0) : IResourceAnnotation
{
    /// <summary>The resource to wait for.</summary>
    public IResource Resource { get; } = resource ?? throw new ArgumentNullException(nameof(resource));

    /// <summary>What to wait for.</summary>
    public WaitType WaitType { get; } = waitType;

    /// <summary>What to do when it fails; null for the application's default.</summary>
    public WaitBehavior? WaitBehavior { get; init; }

    /// <summary>Exit code that counts as success when waiting for completion.</summary>
    public int ExitCode { get; } = exitCode;
}

/// <summary>What a resource waits for.</summary>
public enum WaitType
{
    /// <summary>The other runs, is healthy and ready.</summary>
    WaitUntilHealthy,

    /// <summary>The other has ended with the expected exit code.</summary>
    WaitForCompletion,

    /// <summary>The other runs.</summary>
    WaitUntilStarted,
}

/// <summary>What a waiting resource does when the other fails.</summary>
public enum WaitBehavior
{
    /// <summary>Goes on waiting.</summary>
    WaitOnResourceUnavailable,

    /// <summary>Fails to start.</summary>
    StopOnResourceUnavailable,
}
