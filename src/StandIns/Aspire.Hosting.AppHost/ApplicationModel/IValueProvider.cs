namespace Aspire.Hosting.ApplicationModel;

/// <summary>Something whose value is known only once the application runs.</summary>
public interface IValueProvider
{
    /// <summary>The value; the returned task waits until it is known.</summary>
    ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default);

    /// <summary>The value as the given caller needs it.</summary>
    ValueTask<string?> GetValueAsync(ValueProviderContext context, CancellationToken cancellationToken = default) =>
        GetValueAsync(cancellationToken);
}

/// <summary>Who asks for a value, and when.</summary>
public class ValueProviderContext
{
    /// <summary>Run or publish.</summary>
    public DistributedApplicationExecutionContext? ExecutionContext { get; init; }

    /// <summary>The resource that the value is for.</summary>
    public IResource? Caller { get; init; }
}

/// <summary>Something that a manifest can name, such as <c>{postgres.connectionString}</c>.</summary>
public interface IManifestExpressionProvider
{
    /// <summary>The name, in braces.</summary>
    string ValueExpression { get; }
}

/// <summary>A value that needs other resources.</summary>
public interface IValueWithReferences
{
    /// <summary>The resources and values it is made of.</summary>
    IEnumerable<object> References { get; }
}

/// <summary>A value at run time that also has a name in a manifest.</summary>
public interface IExpressionValue : IValueProvider, IManifestExpressionProvider;
