using Microsoft.Extensions.DependencyInjection;

namespace Delegation.StandIns.Tests.Processes;

/// <summary>A project that the AppHost does not reference is added by its path.</summary>
public sealed class ProjectByPathTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    [Fact]
    public async Task It_is_built_and_its_output_is_started_however_often_it_is_added()
    {
        WriteProject("""System.Console.WriteLine("hello from " + System.Environment.GetEnvironmentVariable("OTEL_SERVICE_NAME"));""");
        await using var builder = DistributedApplicationTestingBuilder.Create();
        var log = new RecordedLog();
        builder.Services.AddSingleton<Microsoft.Extensions.Logging.ILoggerProvider>(log);
        builder.AddProject("first", _directory.File("Hello.csproj"), launchProfileName: null);
        builder.AddProject("second", _directory.File("Hello.csproj"), launchProfileName: null);
        await using var app = await builder.StartAsync();

        // Both at once: two builds of one project side by side would break each other.
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        await app.ResourceNotifications.WaitForResourceAsync("first", KnownResourceStates.TerminalStates, limit.Token);
        await app.ResourceNotifications.WaitForResourceAsync("second", KnownResourceStates.TerminalStates, limit.Token);

        Assert.Equal([0, 0], new[] { "first", "second" }.Select(name => app.SnapshotOf(name).ExitCode));
        Assert.Contains(log.Lines, line => line.EndsWith("hello from first", StringComparison.Ordinal));
        Assert.Contains(log.Lines, line => line.EndsWith("hello from second", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_project_that_does_not_build_says_so()
    {
        WriteProject("this is no C#");
        await using var builder = DistributedApplicationTestingBuilder.Create();
        builder.AddProject("broken", _directory.File("Hello.csproj"), launchProfileName: null);
        await using var app = await builder.StartAsync();

        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        var failure = await Assert.ThrowsAsync<DistributedApplicationException>(() => app.ResourceNotifications.WaitForResourceHealthyAsync("broken", limit.Token));

        Assert.Contains("does not build", failure.Message, StringComparison.Ordinal);
        Assert.Contains("error CS", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_project_that_is_not_there_is_named()
    {
        await using var builder = DistributedApplicationTestingBuilder.Create();
        builder.AddProject("absent", _directory.File("Absent.csproj"), launchProfileName: null);
        await using var app = await builder.StartAsync();

        var failure = await Assert.ThrowsAsync<DistributedApplicationException>(() => app.ResourceNotifications.WaitForResourceHealthyAsync("absent", Limits.Token));

        Assert.Contains("Absent.csproj' does not exist", failure.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _directory.Dispose();

    private void WriteProject(string program)
    {
        File.WriteAllText(_directory.File("Hello.csproj"), """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
              </PropertyGroup>
            </Project>
            """);
        File.WriteAllText(_directory.File("Program.cs"), program);
    }
}
