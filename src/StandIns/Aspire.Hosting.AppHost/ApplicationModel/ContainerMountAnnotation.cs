namespace Aspire.Hosting.ApplicationModel;

/// <summary>A directory that outlives the container.</summary>
/// <param name="source">Name of the volume, or path on this machine.</param>
/// <param name="target">Path inside the container.</param>
/// <param name="type">Volume or bind mount.</param>
/// <param name="isReadOnly">Whether the container may only read it.</param>
public sealed class ContainerMountAnnotation(string? source, string target, ContainerMountType type, bool isReadOnly) : IResourceAnnotation
{
    /// <summary>Name of the volume, or path on this machine.</summary>
    public string? Source { get; } = source;

    /// <summary>Path inside the container.</summary>
    public string Target { get; } = target ?? throw new ArgumentNullException(nameof(target));

    /// <summary>Volume or bind mount.</summary>
    public ContainerMountType Type { get; } = type;

    /// <summary>Whether the container may only read it.</summary>
    public bool IsReadOnly { get; } = isReadOnly;
}

/// <summary>Where a mounted directory comes from.</summary>
public enum ContainerMountType
{
    /// <summary>A path on this machine.</summary>
    BindMount,

    /// <summary>A named volume.</summary>
    Volume,
}
