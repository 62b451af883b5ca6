using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Local;

/// <summary>Lets a test take part while the AppHost's own program describes its application.</summary>
internal abstract class TestSession
{
    private static readonly AsyncLocal<TestSession?> CurrentSession = new();

    /// <summary>The test that runs this program, or null when nobody does.</summary>
    public static TestSession? Current { get => CurrentSession.Value; set => CurrentSession.Value = value; }

    /// <summary>Whether data and secrets live for this run only.</summary>
    public bool Disposable { get; init; } = true;

    /// <summary>The program creates its builder.</summary>
    public abstract void Creating(DistributedApplicationOptions options, HostApplicationBuilderSettings settings);

    /// <summary>The program calls Build; returns when the test wants that too.</summary>
    public abstract void Building(DistributedApplicationBuilder builder);

    /// <summary>The application is built; returns what the program gets to see of it.</summary>
    public abstract DistributedApplication Built(DistributedApplication application);
}
