using Delegation.Access.V1;
using Delegation.Contracts.Delegations;
using Delegation.Contracts.V1;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Outcomes;
using Delegation.ServiceDefaults.Time;
using Google.Protobuf.WellKnownTypes;
using State = Delegation.Contracts.V1.Letter.Types.State;

namespace Delegation.Contracts.LetterOfEngagement;

/// <summary>Decides on the signature of one side; with the second one the letter is in force, and another one that was gives way.</summary>
internal static class Signing
{
    private static readonly FieldViolation Malformed = new(
        "text_sha256",
        "TEXT_SHA256_MALFORMED",
        new("This is no SHA-256: 64 hexadecimal digits.", "Ceci n'est pas une empreinte SHA-256 : 64 chiffres hexadécimaux."),
        new("Send the `text_sha256` of the letter that you read.", "Envoyez le `text_sha256` de la lettre que vous avez lue."));

    /// <param name="letter">As it is, locked.</param>
    /// <param name="textSha256">What the signatory read.</param>
    /// <param name="signatory">Who signs.</param>
    /// <param name="name">The name under which their organisation knows them; may be empty.</param>
    /// <param name="delegation">Of the letter.</param>
    /// <param name="now">When.</param>
    public static Outcome<LetterRow> Sign(LetterRow letter, string textSha256, Caller signatory, string name, SharedDelegation delegation, DateTimeOffset now)
    {
        if (textSha256.Length != 64 || !textSha256.All(char.IsAsciiHexDigit))
            return new Outcome<LetterRow>.Invalid(Malformed);

        if ((delegation.Closed<LetterRow>() ?? LetterRefusals.NotWaitingForSignatures(letter)) is { } refusal)
            return refusal;

        var signatures = letter.ReadSignatures();
        if (signatures.Any(signature => signature.Side == signatory.Side))
            return LetterRefusals.AlreadySigned;

        if (!letter.TextSha256.Equals(textSha256, StringComparison.OrdinalIgnoreCase))
            return LetterRefusals.TextDiffers;

        if (letter.EndDay < ParisDays.DayAt(now))
            return LetterRefusals.Ended;

        var all = signatures.Append(Signature(letter, signatory, name, delegation, now)).ToArray();
        return new Outcome<LetterRow>.Accepted(letter with
        {
            State = (all.Length == 2 ? State.InForce : State.PartlySigned).Stored(),
            Signatures = ProtoJson.WriteList(all),
            InForceTime = all.Length == 2 ? now.InMicroseconds() : null,
            Revision = letter.Revision + 1,
        });
    }

    /// <summary>A letter in force, as it is since another took its place.</summary>
    public static LetterRow Supersede(LetterRow former, LetterRow successor, DateTimeOffset now) => former with
    {
        State = State.Superseded.Stored(),
        SupersededOnDay = successor.EffectiveDay,
        SupersedeTime = now.InMicroseconds(),
        Revision = former.Revision + 1,
    };

    private static LetterSignature Signature(LetterRow letter, Caller signatory, string name, SharedDelegation delegation, DateTimeOffset now) => new()
    {
        Side = signatory.Side,
        OrganizationId = signatory.OrganizationId.ToString(),
        OrganizationName = (signatory.Side == Side.Insurer ? delegation.Insurer : delegation.Delegate).LegalName,
        PersonId = signatory.PersonId.ToString(),
        PersonName = name,
        SignTime = Timestamp.FromDateTime(now.InMicroseconds()),
        TextSha256 = letter.TextSha256,
    };
}
