namespace Delegation.Gateway.Cors;

/// <summary>Which web pages may call REST from a browser: https://fetch.spec.whatwg.org/#http-cors-protocol</summary>
internal static class CorsExtensions
{
    /// <summary>
    /// Lets in the pages of the setting <c>Cors:Origins</c>, separated by commas, as <c>https://front.example</c>. Without it no page of another
    /// origin can call. Cookies are never asked for: a call carries its token itself.
    /// </summary>
    /// <exception cref="InvalidOperationException">An entry is no origin.</exception>
    public static void UseCorsOfSettings(this WebApplication app)
    {
        var origins = (app.Configuration["Cors:Origins"] ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (origins.Length == 0)
            return;

        foreach (var origin in origins)
            if (!Uri.TryCreate(origin, UriKind.Absolute, out var address) || address.GetLeftPart(UriPartial.Authority) != origin)
                throw new InvalidOperationException($"The setting Cors:Origins has '{origin}'; an origin is scheme, host and port, as https://front.example.");

        app.UseCors(policy => policy
            .WithOrigins(origins)
            .WithMethods("GET", "POST", "PUT", "PATCH", "DELETE")
            .WithHeaders("authorization", "content-type", "accept-language", "idempotency-key", "if-match", "last-event-id", "traceparent", "x-audit-mission", "x-organization")
            .WithExposedHeaders("etag", "location", "organization", "retry-after")
            .SetPreflightMaxAge(TimeSpan.FromMinutes(10)));
    }
}
