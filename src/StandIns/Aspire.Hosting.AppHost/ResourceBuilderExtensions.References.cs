using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Local;

namespace Aspire.Hosting;

public static partial class ResourceBuilderExtensions
{
    private const string ReferenceRelationship = "Reference";

    /// <summary>Hands out a connection string: <c>ConnectionStrings__name</c>, and its parts as <c>NAME_HOST</c>, <c>NAME_PORT</c>, …</summary>
    /// <param name="builder">The resource that receives it.</param>
    /// <param name="source">The resource to connect to.</param>
    /// <param name="connectionName">Name to hand it out under; the source's own when null.</param>
    /// <param name="optional">Whether an empty connection string is accepted.</param>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder, IResourceBuilder<IResourceWithConnectionString> source,
        string? connectionName = null, bool optional = false)
        where TDestination : IResourceWithEnvironment
    {
        var resource = NotNull(source).Resource;
        builder.Relate([resource], ReferenceRelationship);
        return builder.WithEnvironment(context => ReferenceVariables.AddConnection(context, resource, connectionName ?? resource.Name, optional));
    }

    /// <summary>Hands out the addresses of all endpoints: <c>services__name__http__0</c> and <c>NAME_HTTP</c>.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder, IResourceBuilder<IResourceWithServiceDiscovery> source)
        where TDestination : IResourceWithEnvironment => builder.ReferToEndpoints(NotNull(source).Resource, endpointName: null, name: null);

    /// <summary>Hands out the addresses of all endpoints under another name.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder, IResourceBuilder<IResourceWithServiceDiscovery> source, string name)
        where TDestination : IResourceWithEnvironment => builder.ReferToEndpoints(NotNull(source).Resource, endpointName: null, name);

    /// <summary>Hands out the address of one endpoint.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder, EndpointReference endpointReference)
        where TDestination : IResourceWithEnvironment
    {
        ArgumentNullException.ThrowIfNull(endpointReference);
        return builder.ReferToEndpoints(endpointReference.Resource, endpointReference.EndpointName, name: null);
    }

    /// <summary>Hands out an address under a name: <c>services__name__default__0</c> and <c>name</c>.</summary>
    /// <exception cref="InvalidOperationException">The address is relative, or has a query or a fragment.</exception>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(this IResourceBuilder<TDestination> builder, string name, Uri uri)
        where TDestination : IResourceWithEnvironment
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(uri);

        if (!uri.IsAbsoluteUri || uri.Query.Length > 0 || uri.Fragment.Length > 0)
        {
            throw new InvalidOperationException(
                $"The URI for service reference '{name}' of resource '{builder.Resource.Name}' must be absolute, without query and fragment.");
        }

        return builder.WithEnvironment(context => ReferenceVariables.AddAddress(context, name, "default", name, uri.ToString()));
    }

    /// <summary>Hands out the address of a service that runs elsewhere.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder, IResourceBuilder<ExternalServiceResource> externalService)
        where TDestination : IResourceWithEnvironment
    {
        var service = NotNull(externalService).Resource;
        builder.Relate([service], ReferenceRelationship);
        return builder.WithEnvironment(context => ReferenceVariables.AddExternalServiceAsync(context, service));
    }

    /// <summary>Limits what references hand out to this resource.</summary>
    public static IResourceBuilder<TDestination> WithReferenceEnvironment<TDestination>(
        this IResourceBuilder<TDestination> builder, ReferenceEnvironmentInjectionFlags flags)
        where TDestination : IResourceWithEnvironment
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.WithAnnotation(new ReferenceEnvironmentInjectionAnnotation(flags));
    }

    /// <summary>One part of a connection string, such as <c>Host</c>; the empty expression when it has no such part.</summary>
    public static ReferenceExpression GetConnectionProperty(this IResourceWithConnectionString resource, string key)
    {
        ArgumentNullException.ThrowIfNull(resource);
        return resource.GetConnectionProperties()
            .Where(property => string.Equals(property.Key, key, StringComparison.OrdinalIgnoreCase))
            .Select(property => property.Value)
            .FirstOrDefault(ReferenceExpression.Empty);
    }

    /// <summary>Adds a part to those that references to this connection string hand out.</summary>
    public static IResourceBuilder<T> WithConnectionProperty<T>(this IResourceBuilder<T> builder, string name, ReferenceExpression value)
        where T : IResourceWithConnectionString
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.WithAnnotation(new ConnectionPropertyAnnotation(name, value));
    }

    /// <summary>Adds a part to those that references to this connection string hand out.</summary>
    public static IResourceBuilder<T> WithConnectionProperty<T>(this IResourceBuilder<T> builder, string name, string value)
        where T : IResourceWithConnectionString => builder.WithConnectionProperty(name, ReferenceExpression.Create($"{value}"));

    /// <summary>Says that the resource refers to another one.</summary>
    public static IResourceBuilder<T> WithReferenceRelationship<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> resourceBuilder)
        where T : IResource => builder.Relate([NotNull(resourceBuilder).Resource], ReferenceRelationship);

    /// <summary>Says that the resource refers to all resources in an expression.</summary>
    public static IResourceBuilder<T> WithReferenceRelationship<T>(this IResourceBuilder<T> builder, ReferenceExpression expression)
        where T : IResource => builder.Relate(ResourceReferences.Of(expression), ReferenceRelationship);

    /// <summary>Says that the resource belongs to another one.</summary>
    public static IResourceBuilder<T> WithParentRelationship<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> parent)
        where T : IResource => builder.Relate([NotNull(parent).Resource], "Parent");

    private static IResourceBuilder<T> Relate<T>(this IResourceBuilder<T> builder, IEnumerable<IResource> resources, string type)
        where T : IResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        foreach (var resource in resources)
        {
            builder.WithAnnotation(new ResourceRelationshipAnnotation(resource, type));
        }

        return builder;
    }

    private static IResourceBuilder<T> ReferToEndpoints<T>(
        this IResourceBuilder<T> builder, IResourceWithEndpoints source, string? endpointName, string? name)
        where T : IResourceWithEnvironment
    {
        ArgumentNullException.ThrowIfNull(builder);

        // All references to one source share one annotation and one callback, or its addresses would be numbered twice.
        var reference = builder.Resource.Annotations.OfType<EndpointReferenceAnnotation>().SingleOrDefault(r => r.Resource == source);
        if (reference is null)
        {
            var added = reference = new EndpointReferenceAnnotation(source);
            builder.WithAnnotation(added).WithEnvironment(context => ReferenceVariables.AddEndpoints(context, added, name));
        }

        if (endpointName is null)
        {
            reference.UseAllEndpoints = true;
        }
        else
        {
            reference.EndpointNames.Add(endpointName);
        }

        return builder.Relate([source], ReferenceRelationship);
    }
}
