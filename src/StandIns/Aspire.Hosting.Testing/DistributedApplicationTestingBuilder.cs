using System.Reflection;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Testing;

/// <summary>Runs the program of an AppHost inside a test: on free ports, with data that is deleted at the end.</summary>
public static class DistributedApplicationTestingBuilder
{
    /// <summary>Runs the program of an AppHost up to the point where it builds its application.</summary>
    /// <typeparam name="TEntryPoint">A class of the AppHost's assembly, such as <c>Projects.AppHost</c>.</typeparam>
    public static Task<IDistributedApplicationTestingBuilder> CreateAsync<TEntryPoint>(CancellationToken cancellationToken = default)
        where TEntryPoint : class => CreateAsync<TEntryPoint>([], Nothing, cancellationToken);

    /// <summary>Runs the program of an AppHost with arguments.</summary>
    /// <typeparam name="TEntryPoint">A class of the AppHost's assembly.</typeparam>
    public static Task<IDistributedApplicationTestingBuilder> CreateAsync<TEntryPoint>(string[] args, CancellationToken cancellationToken = default)
        where TEntryPoint : class => CreateAsync<TEntryPoint>(args, Nothing, cancellationToken);

    /// <summary>Runs the program of an AppHost with arguments and other settings.</summary>
    /// <typeparam name="TEntryPoint">A class of the AppHost's assembly.</typeparam>
    public static Task<IDistributedApplicationTestingBuilder> CreateAsync<TEntryPoint>(
        string[] args, Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configureBuilder, CancellationToken cancellationToken = default) =>
        CreateAsync(typeof(TEntryPoint), args, configureBuilder, cancellationToken);

    /// <summary>Runs the program of an AppHost up to the point where it builds its application.</summary>
    public static Task<IDistributedApplicationTestingBuilder> CreateAsync(Type entryPoint, CancellationToken cancellationToken = default) =>
        CreateAsync(entryPoint, [], Nothing, cancellationToken);

    /// <summary>Runs the program of an AppHost with arguments.</summary>
    public static Task<IDistributedApplicationTestingBuilder> CreateAsync(
        Type entryPoint, string[] args, CancellationToken cancellationToken = default) =>
        CreateAsync(entryPoint, args, Nothing, cancellationToken);

    /// <summary>Runs the program of an AppHost with arguments and other settings.</summary>
    public static async Task<IDistributedApplicationTestingBuilder> CreateAsync(
        Type entryPoint, string[] args, Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configureBuilder,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(entryPoint);
        ArgumentNullException.ThrowIfNull(args);
        ArgumentNullException.ThrowIfNull(configureBuilder);

        var program = new AppHostProgram(entryPoint.Assembly, args, configureBuilder);
        return new ProgramTestingBuilder(program, await program.RunToBuildAsync(cancellationToken));
    }

    /// <summary>Starts the description of an application inside the test itself.</summary>
    public static IDistributedApplicationTestingBuilder Create(params string[] args) => Create(args, Nothing);

    /// <summary>Starts the description of an application inside the test itself, with other settings.</summary>
    public static IDistributedApplicationTestingBuilder Create(
        string[] args, Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configureBuilder)
    {
        ArgumentNullException.ThrowIfNull(args);
        ArgumentNullException.ThrowIfNull(configureBuilder);
        return InlineTestingBuilder.Create(Assembly.GetCallingAssembly(), args, configureBuilder);
    }

    private static void Nothing(DistributedApplicationOptions options, HostApplicationBuilderSettings settings)
    {
    }
}
