using System.Globalization;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Local;

/// <summary>The environment variables and arguments of a resource, with every value that is known only now.</summary>
/// <param name="Environment">Variables; text may contain placeholders that each replica fills in.</param>
/// <param name="Arguments">Arguments, likewise.</param>
internal sealed record ResourceConfiguration(IReadOnlyDictionary<string, string> Environment, IReadOnlyList<string> Arguments)
{
    public static async Task<ResourceConfiguration> OfAsync(IResource resource, RunContext run, CancellationToken cancellationToken)
    {
        var values = new ValueProviderContext { Caller = resource, ExecutionContext = run.Execution };

        var variables = new EnvironmentCallbackContext(run.Execution, resource, cancellationToken: cancellationToken) { Logger = run.LoggerOf(resource) };
        foreach (var callback in resource.Annotations.OfType<EnvironmentCallbackAnnotation>().ToArray())
        {
            await callback.Callback(variables);
        }

        var environment = new Dictionary<string, string>();
        foreach (var (name, value) in variables.EnvironmentVariables)
        {
            if (await TextOfAsync(value, values, cancellationToken) is { } text)
            {
                environment[name] = text;
            }
        }

        var args = new CommandLineArgsCallbackContext([], resource, cancellationToken) { ExecutionContext = run.Execution, Logger = run.LoggerOf(resource) };
        foreach (var callback in resource.Annotations.OfType<CommandLineArgsCallbackAnnotation>().ToArray())
        {
            await callback.Callback(args);
        }

        var arguments = new List<string>();
        foreach (var value in args.Args)
        {
            if (await TextOfAsync(value, values, cancellationToken) is { } text)
            {
                arguments.Add(text);
            }
        }

        return new ResourceConfiguration(environment, arguments);
    }

    private static async ValueTask<string?> TextOfAsync(object value, ValueProviderContext context, CancellationToken cancellationToken) => value switch
    {
        string text => text,
        IValueProvider provider => await provider.GetValueAsync(context, cancellationToken),
        IResourceBuilder<IResource> { Resource: IValueProvider provider } => await provider.GetValueAsync(context, cancellationToken),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };
}
