namespace Aspire.Hosting.Testing;

/// <summary>An application that a test may still change before it is built.</summary>
public interface IDistributedApplicationTestingBuilder : IDistributedApplicationBuilder, IAsyncDisposable, IDisposable
{
    /// <summary>Completes the description, and lets the AppHost's program go on.</summary>
    Task<DistributedApplication> BuildAsync(CancellationToken cancellationToken = default);
}
