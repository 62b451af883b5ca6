using Delegation.Contracts.V1;
using Delegation.Gateway.Forwarding;
using Client = Delegation.Journal.V1.Journal.JournalClient;

namespace Delegation.Gateway.Events;

/// <summary>What happens, as a stream.</summary>
internal static class EventsExtensions
{
    /// <summary>Follows the journals of all services, as a client of the issuer (<c>Authentication:ClientId</c>, <c>:ClientSecret</c>).</summary>
    public static void AddEvents(this IHostApplicationBuilder builder, IEnumerable<ForwardedService> services)
    {
        var sources = new EventSources([.. services.Select(service => service.Resource).Distinct(StringComparer.Ordinal)]);
        foreach (var service in sources.Services)
            builder.AddPlatformGrpcClient<Client>(service, service);

        builder.AddPlatformGrpcClient<Members.MembersClient>("contracts");
        builder.Services.AddSingleton(sources);
        builder.Services.AddSingleton<Reader>();
        builder.Services.AddSingleton<EventHub>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<EventHub>());
        builder.Services.AddSingleton<EventsEndpoint>();
    }

    /// <summary>Answers <c>GET /v1/events</c>.</summary>
    public static void MapEvents(this WebApplication app) => app.MapGet("/v1/events", app.Services.GetRequiredService<EventsEndpoint>().InvokeAsync);
}
