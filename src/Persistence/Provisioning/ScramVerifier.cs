using System.Security.Cryptography;
using System.Text;
using Delegation.Persistence.Migrations;

namespace Delegation.Persistence.Provisioning;

/// <summary>
/// What PostgreSQL keeps of a password. We compute it here and send it instead of the password, which so never reaches the
/// server, its statement log or its error messages.
/// Format: https://www.postgresql.org/docs/15/catalog-pg-authid.html; keys: RFC 5802 §3 with SHA-256 (RFC 7677).
/// </summary>
internal static class ScramVerifier
{
    // PostgreSQL's own number. It protects weak passwords, and these are random ones of 32 characters.
    private const int Iterations = 4096;

    public static string Of(string password) => Of(password, RandomNumberGenerator.GetBytes(16), Iterations);

    internal static string Of(string password, byte[] salt, int iterations)
    {
        // RFC 5802 normalises other characters by SASLprep; server and client only agree without it on these.
        if (password.Length == 0 || password.Any(character => character is < ' ' or > '~'))
            throw new MigrationException("a database password has printable ASCII characters only, and at least one.");

        var salted = Rfc2898DeriveBytes.Pbkdf2(Encoding.ASCII.GetBytes(password), salt, iterations, HashAlgorithmName.SHA256, SHA256.HashSizeInBytes);
        var storedKey = SHA256.HashData(HMACSHA256.HashData(salted, "Client Key"u8));
        var serverKey = HMACSHA256.HashData(salted, "Server Key"u8);

        return $"SCRAM-SHA-256${iterations}:{Convert.ToBase64String(salt)}${Convert.ToBase64String(storedKey)}:{Convert.ToBase64String(serverKey)}";
    }
}
