using System.Reflection;
using Aspire.Hosting.Local;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Testing;

/// <summary>How an application differs in a test: settings that the test's own arguments and the environment may override.</summary>
internal static class TestingDefaults
{
    public static void Apply(
        DistributedApplicationOptions options, HostApplicationBuilderSettings settings, Assembly appHost, string[] args,
        Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configure)
    {
        settings.Args = [.. settings.Args ?? [], .. args];
        settings.ApplicationName = options.AssemblyName = appHost.GetName().Name;
        options.Args = settings.Args;
        options.DisableDashboard = true;
        options.EnableResourceLogging = true;

        var defaults = new Dictionary<string, string?> { ["DcpPublisher:RandomizePorts"] = "true" };
        AddLaunchProfile(appHost, defaults);
        settings.Configuration ??= new ConfigurationManager();
        settings.Configuration.AddInMemoryCollection(defaults);

        configure(options, settings);
    }

    // What "dotnet run" would put into the environment: the variables of the AppHost's first launch profile.
    private static void AddLaunchProfile(Assembly appHost, Dictionary<string, string?> defaults)
    {
        if (BuiltProjects.DirectoryOf(appHost) is { } directory && LaunchProfiles.Read(directory)?.Profiles.FirstOrDefault() is { Key: { } name, Value: { } profile })
        {
            defaults["DOTNET_LAUNCH_PROFILE"] = name;
            foreach (var (variable, value) in profile.EnvironmentVariables)
            {
                defaults[variable.Replace("__", ":", StringComparison.Ordinal)] = value;
                if (variable is "DOTNET_ENVIRONMENT" or "ASPNETCORE_ENVIRONMENT")
                {
                    defaults[HostDefaults.EnvironmentKey] = value;
                }
            }
        }
    }
}
