using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Local.Servers;

/// <summary>A resource needs this server on the machine.</summary>
internal sealed record ServerRequirement(ServerProgram Program) : IResourceAnnotation;

internal static class ServerRequirementExtensions
{
    /// <summary>
    /// Runs the resource by an installed server. Before anything starts, all servers that resources need are looked for once,
    /// so that whoever lacks several reads it in one message and types one command.
    /// </summary>
    public static IResourceBuilder<T> WithNativeServer<T>(this IResourceBuilder<T> builder, ServerProgram program, NativeServer server)
        where T : ContainerResource
    {
        var application = builder.ApplicationBuilder;
        var isFirst = !application.Resources.Any(resource => resource.Annotations.OfType<ServerRequirement>().Any());
        if (isFirst && application.ExecutionContext.IsRunMode)
        {
            application.Eventing.Subscribe<BeforeStartEvent>(InstallMissingAsync);
        }

        return builder.WithAnnotation(new ServerRequirement(program)).WithAnnotation(server);
    }

    private static async Task InstallMissingAsync(BeforeStartEvent started, CancellationToken cancellationToken)
    {
        var programs = started.Model.Resources
            .SelectMany(resource => resource.Annotations.OfType<ServerRequirement>())
            .Select(requirement => requirement.Program)
            .ToArray();
        var mayInstall = InstallPermission.IsGiven(started.Services.GetRequiredService<IConfiguration>());
        var logger = started.Services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(MissingServers));
        await MissingServers.InstallAsync(programs, mayInstall, logger, cancellationToken);
    }
}
