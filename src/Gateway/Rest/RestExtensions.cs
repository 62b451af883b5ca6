using Delegation.Gateway.Forwarding;
using Delegation.Gateway.Rest.Calls;
using Delegation.Gateway.Rest.Routing;

namespace Delegation.Gateway.Rest;

/// <summary>JSON over HTTP for every method of the contract that has the option <c>google.api.http</c>.</summary>
internal static class RestExtensions
{
    /// <exception cref="InvalidOperationException">A rule of the contract is wrong, or two take the same requests.</exception>
    public static void AddRest(this IHostApplicationBuilder builder, IEnumerable<ForwardedService> services)
    {
        builder.Services.Configure<RestSettings>(builder.Configuration.GetSection("Rest"));
        builder.Services.AddSingleton(new RouteTable(RestContract.Of(services.Select(service => service.Descriptor))));
        builder.Services.AddSingleton<RestEndpoint>();
        builder.Services.AddSingleton<RestAnswer>();
    }

    /// <summary>Answers what no other endpoint takes.</summary>
    public static void MapRest(this WebApplication app) => app.MapFallback("{**path}", app.Services.GetRequiredService<RestEndpoint>().InvokeAsync);
}
