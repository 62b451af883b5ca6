using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Errors;

namespace Delegation.Contracts.Signature;

/// <summary>Who signs, and what they say they read.</summary>
internal static class Signatories
{
    /// <summary>The name under which their organisation knows the caller; empty when it knows none.</summary>
    public static async Task<string> OwnNameAsync(this TenantSession session, CancellationToken cancellationToken) =>
        await session.FindAsync<string>(
            "SELECT display_name FROM member WHERE owner_id = @OrganizationId AND person_id = @PersonId",
            new { session.Caller.OrganizationId, session.Caller.PersonId },
            cancellationToken) ?? "";

    /// <summary>What is wrong with the hash that a signatory sent: nothing, or that it is none (<c>TEXT_SHA256_MALFORMED</c> for <c>text_sha256</c>).</summary>
    public static FieldViolation? MalformedHash(string field, string sha256) => sha256.Length == 64 && sha256.All(char.IsAsciiHexDigit) ? null : new(
        field,
        $"{field.ToUpperInvariant()}_MALFORMED",
        new("This is no SHA-256: 64 hexadecimal digits.", "Ceci n'est pas une empreinte SHA-256 : 64 chiffres hexadécimaux."),
        new($"Send the `{field}` of what you read.", $"Envoyez le `{field}` de ce que vous avez lu."));
}
