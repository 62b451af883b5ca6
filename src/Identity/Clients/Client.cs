using System.Security.Cryptography;
using System.Text;

namespace Delegation.Identity.Clients;

/// <summary>Who may ask for tokens: a service, or a demo user.</summary>
/// <param name="Id">The <c>client_id</c>.</param>
/// <param name="Subject">The <c>sub</c> of its tokens.</param>
/// <param name="Name">The <c>name</c> claim, shown to people, or null for a service.</param>
/// <param name="SecretHash">SHA-256 of the secret; the secret itself is not kept.</param>
internal sealed record Client(string Id, string Subject, string? Name, byte[] SecretHash)
{
    /// <summary>
    /// A plain SHA-256 is enough because secrets are generated, not chosen: <see cref="ClientRegistry"/> refuses short ones. A slow
    /// password hash would only make this endpoint easy to exhaust.
    /// </summary>
    public static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    /// <summary>Compares in a time that tells nothing about where the two differ.</summary>
    public bool HasSecret(string secret) => CryptographicOperations.FixedTimeEquals(Hash(secret), SecretHash);
}
