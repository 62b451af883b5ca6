namespace Delegation.AppHost;

internal static class PlatformRedisExtensions
{
    /// <summary>
    /// Adds Redis, or uses the one that <c>ConnectionStrings:redis</c> names. It holds only what may be lost, so it has no volume.
    /// </summary>
    public static IResourceBuilder<IResourceWithConnectionString> AddPlatformRedis(this IDistributedApplicationBuilder builder)
    {
        if (builder.Configuration["ConnectionStrings:redis"] is { Length: > 0 })
        {
            return builder.AddConnectionString("redis");
        }

        // A trusted development certificate would otherwise turn TLS on, on loopback, for clients that do not expect it.
#pragma warning disable ASPIRECERTIFICATES001
        return builder.AddRedis("redis").WithoutHttpsCertificate();
#pragma warning restore ASPIRECERTIFICATES001
    }
}
