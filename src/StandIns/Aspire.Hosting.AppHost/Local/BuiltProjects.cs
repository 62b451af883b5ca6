using System.Reflection;

namespace Aspire.Hosting.Local;

/// <summary>What the build of the AppHost recorded in its assembly (build/AppHost.targets).</summary>
internal static class BuiltProjects
{
    public static string? DirectoryOf(Assembly? appHost) =>
        Metadata(appHost, "AppHostProjectPath") is { } directory && Directory.Exists(directory) ? directory : null;

    /// <summary>The assembly that the build of a referenced project produced.</summary>
    public static string? OutputOf(Assembly? appHost, string projectPath) => Metadata(appHost, $"ProjectOutput:{projectPath}");

    public static string ConfigurationOf(Assembly? appHost) => appHost?.GetCustomAttribute<AssemblyConfigurationAttribute>()?.Configuration ?? "Debug";

    private static string? Metadata(Assembly? appHost, string key) =>
        appHost?.GetCustomAttributes<AssemblyMetadataAttribute>().FirstOrDefault(metadata => metadata.Key == key)?.Value;
}
