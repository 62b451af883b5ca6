using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace Delegation.Identity.Keys;

/// <summary>One RSA key and the time in which it signs.</summary>
/// <param name="Key">Private and public half; its id is the thumbprint of the public one (RFC 7638), so it never repeats.</param>
/// <param name="From">First instant at which it signs.</param>
/// <param name="To">Instant at which the next key takes over.</param>
internal sealed record SigningKey(RsaSecurityKey Key, DateTimeOffset From, DateTimeOffset To)
{
    /// <summary>RS256 is the algorithm that every verifier must know: https://datatracker.ietf.org/doc/html/rfc9068#section-2.1</summary>
    public const string Algorithm = SecurityAlgorithms.RsaSha256;

    private const int Bits = 2048;

    public static SigningKey Create(DateTimeOffset from, DateTimeOffset to)
    {
        using var rsa = RSA.Create(Bits);
        var key = new RsaSecurityKey(rsa.ExportParameters(includePrivateParameters: true));
        key.KeyId = Base64UrlEncoder.Encode(key.ComputeJwkThumbprint());
        return new SigningKey(key, from, to);
    }
}
