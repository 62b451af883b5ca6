using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Delegation.Persistence.Access;

/// <summary>Who calls, as their token says.</summary>
/// <param name="Issuer">The <c>iss</c> of the token.</param>
/// <param name="Subject">The <c>sub</c>: whom the issuer means by it is the issuer's to know.</param>
public sealed record Person(string Issuer, string Subject)
{
    /// <summary>The same id for the same person in every service and organisation, and a different one for everybody else.</summary>
    public Guid Id { get; } = NameBased(Issuer, Subject);

    /// <summary>The id alone: a subject is often a person's name or address, and has no business in a log.</summary>
    public override string ToString() => Id.ToString();

    // UUID version 8: https://www.rfc-editor.org/rfc/rfc9562#section-5.8. The length keeps two different pairs from having one text.
    private static Guid NameBased(string issuer, string subject)
    {
        var text = Encoding.UTF8.GetBytes(issuer + subject);
        var named = new byte[sizeof(int) + text.Length];
        BinaryPrimitives.WriteInt32BigEndian(named, issuer.Length);
        text.CopyTo(named, sizeof(int));

        var id = SHA256.HashData(named).AsSpan(0, 16);
        id[6] = (byte)(0x80 | (id[6] & 0x0f));
        id[8] = (byte)(0x80 | (id[8] & 0x3f));
        return new Guid(id, bigEndian: true);
    }
}
