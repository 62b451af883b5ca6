using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Delegation.Contracts.Invitations;

/// <summary>
/// What the holder of an invitation shows: 160 random bits, which nobody guesses, in the base 32 of Crockford, which is read aloud and typed
/// without mistaking one character for another. The platform keeps the digest alone.
/// </summary>
internal sealed class InvitationCode
{
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int Length = 32;
    private const int Group = 4;

    private readonly string _characters;

    private InvitationCode(string characters) => _characters = characters;

    /// <summary>SHA-256 of the code. With 160 random bits there is nothing to try out, so it needs neither salt nor stretching.</summary>
    public byte[] Digest => SHA256.HashData(Encoding.ASCII.GetBytes(_characters));

    public static InvitationCode Random() => new(RandomNumberGenerator.GetString(Alphabet, Length));

    /// <summary>Reads one as people copy it: small letters, hyphens and blanks do not matter, and O, I and L are 0 and 1.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out InvitationCode? code)
    {
        var characters = new StringBuilder(Length);
        foreach (var character in text.Where(character => character != '-' && !char.IsWhiteSpace(character)).Select(Plain))
        {
            if (characters.Length == Length || !Alphabet.Contains(character, StringComparison.Ordinal))
                break;

            characters.Append(character);
        }

        var complete = characters.Length == Length && text.Count(character => character != '-' && !char.IsWhiteSpace(character)) == Length;
        code = complete ? new InvitationCode(characters.ToString()) : null;
        return complete;
    }

    /// <summary>The code in groups, to be handed over. Not <c>ToString</c>, which ends up in logs.</summary>
    public string Reveal() => string.Join('-', _characters.Chunk(Group).Select(group => new string(group)));

    private static char Plain(char character) => char.ToUpperInvariant(character) switch
    {
        'O' => '0',
        'I' or 'L' => '1',
        var plain => plain,
    };
}
