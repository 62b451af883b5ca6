using System.Security.Claims;
using Delegation.Persistence.Tenancy;
using Microsoft.Extensions.Configuration;

namespace Delegation.Persistence.Access;

/// <summary>
/// The clients of the issuer that are services of this platform: the setting <c>Authentication:SystemClients</c>, a list of client ids.
/// Nobody may sign in through a client that is listed there.
/// </summary>
internal sealed class SystemClients(IConfiguration configuration)
{
    private readonly HashSet<string> _ids = [.. configuration.GetSection("Authentication:SystemClients").GetChildren().Select(client => client.Value ?? "")];

    /// <summary>Who acts for nobody.</summary>
    public static Caller Caller { get; } = new(Guid.Empty, Guid.Empty, new HashSet<string> { RoleCodes.System });

    /// <summary>True when the token was given to one of them; issuers say so in <c>client_id</c> (RFC 9068) or <c>azp</c> (OpenID Connect).</summary>
    public bool Contains(ClaimsPrincipal user) =>
        (user.FindFirst("client_id") ?? user.FindFirst("azp")) is { Value.Length: > 0 } client && _ids.Contains(client.Value);
}
