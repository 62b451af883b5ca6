using Delegation.Persistence.Journal;
using Grpc.Net.ClientFactory;
using Microsoft.Extensions.DependencyInjection;
using Client = Delegation.Journal.V1.Journal.JournalClient;

namespace Microsoft.Extensions.Hosting;

/// <summary>Followers of journals.</summary>
public static class FollowerExtensions
{
    /// <summary>
    /// Follows the journal of a service (<c>services:{service}:grpc:0</c>), perhaps this one's own. While that service is away, this one goes on
    /// with what it knows. Needs <c>AddPersistence</c>.
    /// </summary>
    /// <param name="builder">The service that follows.</param>
    /// <param name="service">The one that is followed.</param>
    /// <param name="more">What the follower's constructor takes besides a client of that journal and registered services.</param>
    public static void AddJournalFollower<TFollower>(this IHostApplicationBuilder builder, string service, params object[] more)
        where TFollower : JournalFollower
    {
        // A name of its own for each: followers of several journals all use the one kind of client.
        var name = $"{typeof(TFollower).FullName} of {service}";
        builder.AddPlatformGrpcClient<Client>(service, name);
        builder.Services.AddSingleton<IHostedService>(services => ActivatorUtilities.CreateInstance<TFollower>(
            services, [services.GetRequiredService<GrpcClientFactory>().CreateClient<Client>(name), .. more]));
    }
}
