using System.Runtime.InteropServices;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Local.Processes;

namespace Aspire.Hosting.Local;

/// <summary>What is started for a resource, for all replicas: text may contain placeholders.</summary>
/// <param name="Spec">The process.</param>
/// <param name="StopSignal">Signal that makes it stop in good order.</param>
internal sealed record Launch(ProcessSpec Spec, int StopSignal)
{
    // .../dotnet/shared/Microsoft.NETCore.App/10.0.0/ of the runtime that runs us.
    private static readonly string DotnetRoot = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));

    /// <summary>Whether a resource is a process here.</summary>
    public static bool IsPossible(IResource resource) =>
        resource is ProjectResource or ExecutableResource || resource.HasAnnotationOfType<NativeServer>();

    /// <summary>Prepares a resource for its start.</summary>
    /// <exception cref="DistributedApplicationException">It cannot be started on this machine.</exception>
    public static async Task<Launch> PrepareAsync(IResource resource, Replica first, RunContext run, CancellationToken cancellationToken)
    {
        var configuration = await ResourceConfiguration.OfAsync(resource, run, cancellationToken);
        return resource switch
        {
            ProjectResource project => new Launch(await OfProjectAsync(project, configuration, run, cancellationToken), Signals.Terminate),
            ExecutableResource executable => new Launch(
                new ProcessSpec(executable.Command, configuration.Arguments, executable.WorkingDirectory, configuration.Environment), Signals.Terminate),
            _ => await OfServerAsync(resource, first, configuration, run, cancellationToken),
        };
    }

    /// <summary>
    /// The project's own output is started, not <c>dotnet run</c>: signals then reach the service itself, and several starts
    /// never build the same thing at once.
    /// </summary>
    private static async Task<ProcessSpec> OfProjectAsync(
        ProjectResource project, ResourceConfiguration configuration, RunContext run, CancellationToken cancellationToken)
    {
        var metadata = project.GetProjectMetadata();
        var path = metadata.ProjectPath;
        var assembly = BuiltProjects.OutputOf(metadata.GetType().Assembly, path)
            ?? BuiltProjects.OutputOf(run.AppHost, path)
            ?? await ProjectBuild.RunAsync(path, BuiltProjects.ConfigurationOf(run.AppHost), run.LoggerOf(project), cancellationToken);
        if (!File.Exists(assembly))
        {
            throw new DistributedApplicationException($"Resource '{project.Name}': {assembly} does not exist. Build the AppHost, which builds it too.");
        }

        var environment = new Dictionary<string, string>(configuration.Environment);
        var executable = Path.ChangeExtension(assembly, null);
        if (!File.Exists(executable))
        {
            return new ProcessSpec(
                Path.Combine(DotnetRoot, "dotnet"), [assembly, .. configuration.Arguments], Path.GetDirectoryName(path)!, environment);
        }

        environment.TryAdd("DOTNET_ROOT", DotnetRoot);
        return new ProcessSpec(executable, configuration.Arguments, Path.GetDirectoryName(path)!, environment);
    }

    private static async Task<Launch> OfServerAsync(
        IResource resource, Replica first, ResourceConfiguration configuration, RunContext run, CancellationToken cancellationToken)
    {
        var server = resource.Annotations.OfType<NativeServer>().Last();
        var persistent = !run.State.Disposable && resource.HasAnnotationOfType<ContainerMountAnnotation>();
        var context = new NativeServerContext(
            resource, run.State.DataOf(resource.Name, persistent), persistent, first.Ports.ByEndpoint, run.Configuration, run.LoggerOf(resource));

        var spec = await server.PrepareAsync(context, cancellationToken);
        var environment = new Dictionary<string, string>(configuration.Environment);
        foreach (var (name, value) in spec.Environment)
        {
            environment[name] = value;
        }

        return new Launch(spec with { Environment = environment }, server.StopSignal);
    }
}
