namespace Aspire.Hosting.ApplicationModel;

/// <summary>Which groups of variables a resource receives from its references.</summary>
/// <param name="flags">The groups.</param>
public sealed class ReferenceEnvironmentInjectionAnnotation(ReferenceEnvironmentInjectionFlags flags) : IResourceAnnotation
{
    /// <summary>The groups.</summary>
    public ReferenceEnvironmentInjectionFlags Flags { get; } = flags;
}

/// <summary>Groups of variables that a reference gives.</summary>
[Flags]
public enum ReferenceEnvironmentInjectionFlags
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary><c>ConnectionStrings__name</c></summary>
    ConnectionString = 1,

    /// <summary><c>NAME_HOST</c>, <c>NAME_PORT</c>, …</summary>
    ConnectionProperties = 2,

    /// <summary><c>services__name__http__0</c></summary>
    ServiceDiscovery = 4,

    /// <summary><c>NAME_HTTP</c></summary>
    Endpoints = 8,

    /// <summary>All of them.</summary>
    All = ConnectionString | ConnectionProperties | ServiceDiscovery | Endpoints,
}
