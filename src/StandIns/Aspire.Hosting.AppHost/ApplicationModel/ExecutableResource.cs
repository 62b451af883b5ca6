namespace Aspire.Hosting.ApplicationModel;

/// <summary>A program of this machine. References name its endpoints: it has no service discovery of its own.</summary>
public class ExecutableResource : Resource, IResourceWithEnvironment, IResourceWithArgs, IResourceWithEndpoints, IResourceWithWaitSupport, IComputeResource
{
    /// <summary>A program of this machine.</summary>
    /// <param name="name">Name of the resource.</param>
    /// <param name="command">Path of the program, or its name on PATH.</param>
    /// <param name="workingDirectory">Directory to start it in.</param>
    public ExecutableResource(string name, string command, string workingDirectory)
        : base(name)
    {
        Annotations.Add(new ExecutableAnnotation
        {
            Command = command ?? throw new ArgumentNullException(nameof(command)),
            WorkingDirectory = workingDirectory ?? throw new ArgumentNullException(nameof(workingDirectory)),
        });
    }

    /// <summary>Path of the program, or its name on PATH.</summary>
    public string Command => Annotations.OfType<ExecutableAnnotation>().Last().Command;

    /// <summary>Directory to start it in.</summary>
    public string WorkingDirectory => Annotations.OfType<ExecutableAnnotation>().Last().WorkingDirectory;
}

/// <summary>What an executable resource starts.</summary>
public sealed class ExecutableAnnotation : IResourceAnnotation
{
    /// <summary>Path of the program, or its name on PATH.</summary>
    public required string Command { get; set; }

    /// <summary>Directory to start it in.</summary>
    public required string WorkingDirectory { get; set; }
}
