using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

public static partial class ResourceBuilderExtensions
{
    /// <summary>Starts the resource only when another one runs, is healthy, and is ready. Waiting for a child is waiting for its parent too.</summary>
    /// <exception cref="DistributedApplicationException">The other is the resource itself, or its parent.</exception>
    public static IResourceBuilder<T> WaitFor<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> dependency)
        where T : IResourceWithWaitSupport => builder.Wait(NotNull(dependency).Resource, WaitType.WaitUntilHealthy, behavior: null);

    /// <summary>Starts the resource only when another one runs, is healthy, and is ready.</summary>
    /// <exception cref="DistributedApplicationException">The other is the resource itself, or its parent.</exception>
    public static IResourceBuilder<T> WaitFor<T>(
        this IResourceBuilder<T> builder, IResourceBuilder<IResource> dependency, WaitBehavior waitBehavior)
        where T : IResourceWithWaitSupport => builder.Wait(NotNull(dependency).Resource, WaitType.WaitUntilHealthy, waitBehavior);

    /// <summary>Starts the resource only when another one runs.</summary>
    /// <exception cref="DistributedApplicationException">The other is the resource itself, or its parent.</exception>
    public static IResourceBuilder<T> WaitForStart<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> dependency)
        where T : IResourceWithWaitSupport => builder.Wait(NotNull(dependency).Resource, WaitType.WaitUntilStarted, behavior: null);

    /// <summary>Starts the resource only when another one runs.</summary>
    /// <exception cref="DistributedApplicationException">The other is the resource itself, or its parent.</exception>
    public static IResourceBuilder<T> WaitForStart<T>(
        this IResourceBuilder<T> builder, IResourceBuilder<IResource> dependency, WaitBehavior waitBehavior)
        where T : IResourceWithWaitSupport => builder.Wait(NotNull(dependency).Resource, WaitType.WaitUntilStarted, waitBehavior);

    /// <summary>Starts the resource only when another one has ended with an exit code; another exit code is a failure.</summary>
    /// <exception cref="DistributedApplicationException">The other is the resource itself, or its parent.</exception>
    public static IResourceBuilder<T> WaitForCompletion<T>(
        this IResourceBuilder<T> builder, IResourceBuilder<IResource> dependency, int exitCode = 0)
        where T : IResourceWithWaitSupport => builder.Wait(NotNull(dependency).Resource, WaitType.WaitForCompletion, behavior: null, exitCode);

    private static IResourceBuilder<T> Wait<T>(
        this IResourceBuilder<T> builder, IResource dependency, WaitType type, WaitBehavior? behavior, int exitCode = 0)
        where T : IResourceWithWaitSupport
    {
        ArgumentNullException.ThrowIfNull(builder);
        var name = builder.Resource.Name;

        if (ReferenceEquals(builder.Resource, dependency))
        {
            throw new DistributedApplicationException($"The '{name}' resource cannot wait for itself.");
        }

        if (builder.Resource is IResourceWithParent child && child.Parent == dependency)
        {
            throw new DistributedApplicationException($"The '{name}' resource cannot wait for its parent '{dependency.Name}'.");
        }

        // A child may have no health check of its own, so its parent's counts too.
        if (dependency is IResourceWithParent { Parent: var parent } && type != WaitType.WaitForCompletion)
        {
            builder.Wait(parent, type, behavior);
        }

        builder.Relate([dependency], "WaitFor");
        return builder.WithAnnotation(new WaitAnnotation(dependency, type, exitCode) { WaitBehavior = behavior });
    }
}
