namespace Delegation.StandIns.Tests;

/// <summary>Small applications that a test describes itself.</summary>
internal static class LocalApplication
{
    /// <summary>A shell script as a resource.</summary>
    public static IResourceBuilder<ExecutableResource> AddShell(this IDistributedApplicationBuilder builder, string name, string script) =>
        builder.AddExecutable(name, "sh", "/", "-c", script);

    /// <summary>A resource that runs until it is stopped.</summary>
    public static IResourceBuilder<ExecutableResource> AddSleeper(this IDistributedApplicationBuilder builder, string name) =>
        builder.AddShell(name, "exec sleep 1000");

    /// <summary>The service that the tests have for this purpose.</summary>
    public static IResourceBuilder<ProjectResource> AddService(this IDistributedApplicationBuilder builder, string name) =>
        builder.AddProject<Projects.StandIns_Tests_Service>(name, launchProfileName: null).WithHttpEndpoint().WithHttpHealthCheck("/health");

    /// <summary>The environment of a service that was started as <see cref="AddService"/> does.</summary>
    public static async Task<Dictionary<string, string>> EnvironmentOfAsync(this DistributedApplication app, string resource, string? endpoint = null)
    {
        await app.ResourceNotifications.WaitForResourceHealthyAsync(resource, Limits.Token);
        using var client = app.CreateHttpClient(resource, endpoint);
        var text = await client.GetStringAsync("/environment", Limits.Token);
        return text.Split('\n').Select(line => line.Split('=', 2)).Where(parts => parts.Length == 2).ToDictionary(parts => parts[0], parts => parts[1]);
    }

    public static async Task<DistributedApplication> StartAsync(this IDistributedApplicationTestingBuilder builder)
    {
        var app = await builder.BuildAsync(Limits.Token);
        await app.StartAsync(Limits.Token);
        return app;
    }
}
