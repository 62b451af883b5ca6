using Delegation.Contracts.Delegations;
using Delegation.Contracts.Signature;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Outcomes;
using Delegation.ServiceDefaults.Time;
using State = Delegation.Contracts.V1.Letter.Types.State;

namespace Delegation.Contracts.LetterOfEngagement;

/// <summary>Decides on the signature of one side; with the second one the letter is in force, and another one that was gives way.</summary>
internal static class Signing
{
    /// <param name="letter">As it is, locked.</param>
    /// <param name="textSha256">What the signatory read.</param>
    /// <param name="signatory">Who signs.</param>
    /// <param name="name">The name under which their organisation knows them; may be empty.</param>
    /// <param name="delegation">Of the letter.</param>
    /// <param name="now">When.</param>
    public static Outcome<LetterRow> Sign(LetterRow letter, string textSha256, Caller signatory, string name, SharedDelegation delegation, DateTimeOffset now)
    {
        if (Signatories.MalformedHash("text_sha256", textSha256) is { } malformed)
            return new Outcome<LetterRow>.Invalid(malformed);

        if ((delegation.Closed<LetterRow>() ?? LetterRefusals.NotWaitingForSignatures(letter)) is { } refusal)
            return refusal;

        var refused = letter.Signed.ObstacleFor(signatory.Side, textSha256) switch
        {
            SignedDocument.Obstacle.Signed => LetterRefusals.AlreadySigned,
            SignedDocument.Obstacle.OtherText => LetterRefusals.TextDiffers,
            _ => letter.EndDay < ParisDays.DayAt(now) ? LetterRefusals.Ended : null,
        };
        if (refused is not null)
            return refused;

        var signed = letter.Signed.With(signatory, name, delegation, now);
        return new Outcome<LetterRow>.Accepted(letter with
        {
            State = (signed.IsComplete ? State.InForce : State.PartlySigned).Stored(),
            Signatures = ProtoJson.WriteList(signed.Signatures),
            InForceTime = signed.IsComplete ? now.InMicroseconds() : null,
            Revision = letter.Revision + 1,
        });
    }

    /// <summary>A letter in force, as it is since another took its place.</summary>
    public static LetterRow Supersede(LetterRow former, DateOnly effectiveDay, DateTimeOffset now) => former with
    {
        State = State.Superseded.Stored(),
        SupersededOnDay = effectiveDay,
        SupersedeTime = now.InMicroseconds(),
        Revision = former.Revision + 1,
    };
}
