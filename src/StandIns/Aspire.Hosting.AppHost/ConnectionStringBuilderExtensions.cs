using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Adds connection strings composed of other values.</summary>
public static class ConnectionStringBuilderExtensions
{
    /// <summary>Adds a connection string. It runs as soon as the resources in it have started.</summary>
    public static IResourceBuilder<ConnectionStringResource> AddConnectionString(
        this IDistributedApplicationBuilder builder, string name, ReferenceExpression connectionStringExpression)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(connectionStringExpression);

        var added = builder.AddResource(new ConnectionStringResource(name, connectionStringExpression));

        // One level deep, as the package does: what a resource is made of is its own business.
        var resources = connectionStringExpression.ValueProviders
            .SelectMany(value => value is IResource ? [value] : (value as IValueWithReferences)?.References ?? [])
            .OfType<IResource>()
            .Where(resource => resource is not IResourceWithoutLifetime)
            .DistinctBy(resource => resource.Name);
        foreach (var resource in resources)
        {
            added.WaitForStart(builder.CreateResourceBuilder(resource));
        }

        return added.WithReferenceRelationship(connectionStringExpression);
    }

    /// <summary>Adds a connection string, piece by piece.</summary>
    public static IResourceBuilder<ConnectionStringResource> AddConnectionString(
        this IDistributedApplicationBuilder builder, string name, Action<ReferenceExpressionBuilder> connectionStringBuilder)
    {
        ArgumentNullException.ThrowIfNull(connectionStringBuilder);
        var expression = new ReferenceExpressionBuilder();
        connectionStringBuilder(expression);
        return builder.AddConnectionString(name, expression.Build());
    }
}
