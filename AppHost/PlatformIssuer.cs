using Microsoft.Extensions.Hosting;

namespace Delegation.AppHost;

/// <summary>Who gives the tokens that the platform takes: the issuer that <c>Authentication:Authority</c> names, or our own in development.</summary>
/// <param name="builder">The application.</param>
/// <param name="local">Our own, or null where another is named.</param>
internal sealed class PlatformIssuer(IDistributedApplicationBuilder builder, IResourceBuilder<ProjectResource>? local)
{
    public const string Authority = "Authentication:Authority";

    /// <summary>The platform's processes that call others for nobody: followers, schedules. Each is a client of the issuer under its own name.</summary>
    private static readonly string[] Services = ["contracts", "delivery", "reporting", "watch", "gateway"];

    /// <summary>Lets a process validate tokens, know the platform's own among them, and ask for such a one itself.</summary>
    public IResourceBuilder<ProjectResource> AddClient(IResourceBuilder<ProjectResource> project, string name)
    {
        var secret = AddSecret(name);
        project.WithEnvironment("Authentication__ClientId", name).WithEnvironment("Authentication__ClientSecret", secret);
        for (var i = 0; i < Services.Length; i++)
        {
            project.WithEnvironment($"Authentication__SystemClients__{i}", Services[i]);
        }

        if (local is null)
        {
            return project.WithEnvironment("Authentication__Authority", builder.Configuration[Authority]!);
        }

        local.WithEnvironment($"Clients__{name}__Secret", secret);
        return project.WithEnvironment("Authentication__Authority", local.GetEndpoint("http")).WaitFor(local);
    }

    /// <summary>Adds somebody to try the platform with. Their secret is generated, or the one of the setting <c>Demo:Secret</c> for all of them.</summary>
    public void AddDemoUser(string id, string name)
    {
        if (builder.Configuration["Demo:Secret"] is { Length: > 0 } chosen && builder.Configuration[$"Parameters:{id}-client-secret"] is null)
        {
            builder.Configuration[$"Parameters:{id}-client-secret"] = chosen;
        }

        local?
            .WithEnvironment($"Clients__{id}__Secret", AddSecret(id))
            .WithEnvironment($"Clients__{id}__Subject", $"user-{id}")
            .WithEnvironment($"Clients__{id}__Name", name);
    }

    // Our own issuer learns what we make up; another one has to be told, and then we are.
    private IResourceBuilder<ParameterResource> AddSecret(string client) => local is null
        ? builder.AddParameter($"{client}-client-secret", secret: true)
        : builder.AddParameter($"{client}-client-secret", new GenerateParameterDefault { MinLength = 32, Special = false }, secret: true, persist: true);
}

internal static class PlatformIssuerExtensions
{
    /// <summary>
    /// Adds the development issuer with three demo users. Its port is fixed, since its address is its name in every token. With the setting
    /// <c>Authentication:Authority</c> none is started, and outside Development there is none to start.
    /// </summary>
    /// <exception cref="InvalidOperationException">There is no issuer at all.</exception>
    public static PlatformIssuer AddPlatformIssuer(this IDistributedApplicationBuilder builder)
    {
        if (builder.Configuration[PlatformIssuer.Authority] is { Length: > 0 })
        {
            return new PlatformIssuer(builder, null);
        }

        if (!builder.Environment.IsDevelopment())
        {
            throw new InvalidOperationException(
                $"Outside Development the platform needs an OpenID Connect issuer: give its address as the setting {PlatformIssuer.Authority}.");
        }

        var identity = builder.AddProject<Projects.Identity>("identity", launchProfileName: null)
            .RunAs(builder.Environment.EnvironmentName)
            .WithHttpEndpoint(port: builder.Setting("Identity:Port", 8082), name: "http", env: "HTTP_PORT")
            .WithHttpHealthCheck("/health", endpointName: "http");
        identity.WithEnvironment("Identity__Issuer", identity.GetEndpoint("http"));

        var issuer = new PlatformIssuer(builder, identity);
        issuer.AddDemoUser("demo", "Demo");
        issuer.AddDemoUser("demo-insurer", "Claire Martin");
        issuer.AddDemoUser("demo-delegate", "Karim Benali");
        return issuer;
    }
}
