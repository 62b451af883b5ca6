using System.Text.Json;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Local;

/// <summary>Applies the launch profile of a project: its endpoints, its environment variables, its arguments.</summary>
internal static class LaunchProfiles
{
    private static readonly JsonSerializerOptions Lenient = new() { ReadCommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    public static LaunchSettings? Read(string projectDirectory)
    {
        var file = Path.Combine(projectDirectory, "Properties", "launchSettings.json");
        return File.Exists(file) ? JsonSerializer.Deserialize<LaunchSettings>(File.ReadAllText(file), Lenient) : null;
    }

    public static void Apply(IResourceBuilder<ProjectResource> project, IProjectMetadata metadata, ProjectResourceOptions options)
    {
        if (options.ExcludeLaunchProfile || Choose(project, metadata, options.LaunchProfileName) is not var (name, profile))
        {
            return;
        }

        foreach (var address in (profile.ApplicationUrl ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            var url = new Uri(address.Replace("//*", "//localhost", StringComparison.Ordinal).Replace("//+", "//localhost", StringComparison.Ordinal));
            project.WithEndpoint(url.Scheme, endpoint =>
            {
                endpoint.UriScheme = endpoint.Transport = url.Scheme;
                endpoint.Transport = "http";
                endpoint.Port = url.Port;
            });
        }

        project.WithEnvironment(context =>
        {
            context.EnvironmentVariables.TryAdd("DOTNET_LAUNCH_PROFILE", name);
            foreach (var (variable, value) in profile.EnvironmentVariables)
            {
                context.EnvironmentVariables.TryAdd(variable, Environment.ExpandEnvironmentVariables(value));
            }
        });

        if (profile.CommandLineArgs is { Length: > 0 } arguments)
        {
            project.WithArgs(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        }
    }

    /// <summary>The named profile; else the one that the AppHost itself runs under, if the project has it; else the first for the project.</summary>
    private static (string Name, LaunchProfile Profile)? Choose(IResourceBuilder<ProjectResource> project, IProjectMetadata metadata, string? wanted)
    {
        var profiles = (metadata.LaunchSettings ?? Read(Path.GetDirectoryName(metadata.ProjectPath)!))?.Profiles ?? [];
        if (wanted is not null)
        {
            return profiles.TryGetValue(wanted, out var named) ? (wanted, named) : throw new DistributedApplicationException(
                $"Launch settings of '{metadata.ProjectPath}' have no profile '{wanted}'.");
        }

        if (project.ApplicationBuilder.Configuration["DOTNET_LAUNCH_PROFILE"] is { } own && profiles.TryGetValue(own, out var same))
        {
            return (own, same);
        }

        var first = profiles.FirstOrDefault(profile => profile.Value.CommandName == "Project");
        return first.Key is null ? null : (first.Key, first.Value);
    }
}
