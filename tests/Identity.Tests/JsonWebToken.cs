using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Delegation.Identity.Tests;

/// <summary>
/// Reads and verifies a token with nothing but the runtime's RSA, so that the issuer's own library does not judge itself.
/// </summary>
internal sealed record JsonWebToken(JsonElement Header, JsonElement Payload, byte[] Signed, byte[] Signature)
{
    public static JsonWebToken Parse(string token)
    {
        var parts = token.Split('.');
        Assert.Equal(3, parts.Length);
        return new JsonWebToken(
            JsonDocument.Parse(Base64Url.DecodeFromChars(parts[0])).RootElement,
            JsonDocument.Parse(Base64Url.DecodeFromChars(parts[1])).RootElement,
            Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"),
            Base64Url.DecodeFromChars(parts[2]));
    }

    /// <summary>True when a key of the set has the token's key id and its signature.</summary>
    public bool IsSignedByOneOf(JsonElement keySet)
    {
        var keyId = Header.GetProperty("kid").GetString();
        foreach (var key in keySet.GetProperty("keys").EnumerateArray().Where(key => key.GetProperty("kid").GetString() == keyId))
        {
            using var rsa = RSA.Create(new RSAParameters
            {
                Modulus = Base64Url.DecodeFromChars(key.GetProperty("n").GetString()),
                Exponent = Base64Url.DecodeFromChars(key.GetProperty("e").GetString()),
            });
            return rsa.VerifyData(Signed, Signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        }

        return false;
    }
}
