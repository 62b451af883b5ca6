namespace Delegation.Contracts.Organizations;

/// <summary>Numbers of registers as people write them, in their plain form.</summary>
internal static class Compact
{
    /// <summary>Without blanks of any kind, in capital letters.</summary>
    public static string Capitals(string text) => string.Concat(text.Where(character => !char.IsWhiteSpace(character))).ToUpperInvariant();
}
