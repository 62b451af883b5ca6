using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Delegation.Gateway.Limits;

/// <summary>What one caller may use.</summary>
internal static class LimitsExtensions
{
    // Enough for a token with many claims; Kestrel's own limit on the whole head is twice that.
    private const int HeaderBytes = 16 * 1024;

    /// <summary>Limits on calls by the settings <c>Limits:*</c>, counted together with the other gateways in Redis, and on what a request may look like.</summary>
    /// <exception cref="InvalidOperationException">A setting has no sense.</exception>
    public static void AddLimits(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton(LimitSettings.From(builder.Configuration));
        builder.Services.AddSingleton<CallLimits>();
        builder.Services.AddSingleton<CallGate>();
        if (!string.IsNullOrEmpty(builder.Configuration.GetConnectionString("redis")))
            builder.Services.AddHostedService<SharedCounts>();

        builder.Services.Configure<KestrelServerOptions>(kestrel =>
        {
            kestrel.Limits.MaxRequestHeadersTotalSize = 2 * HeaderBytes;
            kestrel.Limits.MaxRequestHeaderCount = 100;
            kestrel.Limits.Http2.MaxRequestHeaderFieldSize = HeaderBytes;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        });
    }
}
