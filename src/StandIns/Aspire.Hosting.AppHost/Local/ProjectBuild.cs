using Aspire.Hosting.Local.Servers;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Local;

/// <summary>Builds a project that was added by its path, so that its output can be started.</summary>
internal static class ProjectBuild
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    // Builds of projects that share references would write the same files: one after the other.
    private static readonly SemaphoreSlim OneAtATime = new(1);

    /// <summary>Builds the project, and says which assembly came of it.</summary>
    /// <param name="projectPath">The project file.</param>
    /// <param name="configuration">Debug or Release: that of the AppHost.</param>
    /// <param name="logger">Log of the resource.</param>
    /// <param name="cancellationToken">Ends the build.</param>
    /// <exception cref="DistributedApplicationException">It does not exist, or does not build.</exception>
    public static async Task<string> RunAsync(string projectPath, string configuration, ILogger logger, CancellationToken cancellationToken)
    {
        if (!File.Exists(projectPath))
        {
            throw new DistributedApplicationException($"Project '{projectPath}' does not exist.");
        }

        await OneAtATime.WaitAsync(cancellationToken);
        try
        {
            logger.Building(projectPath);

            // Build servers would outlive us, and hold on to our pipes.
            var build = await SystemCommand.RunAsync(
                "dotnet", ["build", projectPath, "-c", configuration, "-nologo", "-v", "q", "-nodeReuse:false", "-p:UseSharedCompilation=false"],
                limit: Limit, cancellationToken: cancellationToken);
            var output = build.Succeeded
                ? await SystemCommand.RunAsync("dotnet", ["msbuild", projectPath, $"-p:Configuration={configuration}", "-getProperty:TargetPath"], cancellationToken: cancellationToken)
                : build;
            return output.Succeeded
                ? output.Output.Trim()
                : throw new DistributedApplicationException($"Project '{projectPath}' does not build:\n{output.Output.Trim()}");
        }
        finally
        {
            OneAtATime.Release();
        }
    }
}
