using Delegation.Contracts.Delegations;
using Delegation.Contracts.V1;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Outcomes;
using Delegation.ServiceDefaults.Time;
using State = Delegation.Contracts.V1.Letter.Types.State;

namespace Delegation.Contracts.LetterOfEngagement;

/// <summary>Decides on drafts of letters: made, changed, withdrawn.</summary>
internal static class Drafting
{
    public static Outcome<LetterRow> Draft(
        CreateLetterRequest command,
        SharedDelegation delegation,
        bool isKnownScope,
        IReadOnlyList<MinimumTerm> minimumTerms,
        LetterOptions options,
        Guid id,
        DateTimeOffset now)
    {
        if (delegation.Closed<LetterRow>() is { } closed)
            return closed;

        var violations = new List<FieldViolation>();
        var contents = LetterContents.None.With(Fields(command, minimumTerms), isKnownScope, options, violations);
        var empty = new LetterRow
        {
            OwnerId = delegation.InsurerId,
            DelegationId = delegation.Id,
            DelegateId = delegation.DelegateId,
            Id = id,
            State = State.Draft.Stored(),
            Terms = "[]",
            DueAnnexes = "[]",
            CreateTime = now.InMicroseconds(),
            Revision = 0,
        };
        return Written(empty, contents, violations);
    }

    public static Outcome<LetterRow> Change(UpdateLetterRequest command, LetterRow letter, bool isKnownScope, LetterOptions options)
    {
        if (LetterRefusals.NotADraft(letter, command.Etag) is { } refusal)
            return refusal;

        var violations = new List<FieldViolation>();
        return Written(letter, LetterContents.Of(letter).With(command, isKnownScope, options, violations), violations);
    }

    public static Outcome<LetterRow> Withdraw(LetterRow letter, string etag) => LetterRefusals.NotWithdrawn(letter, etag)
        ?? new Outcome<LetterRow>.Accepted(letter with { State = State.Withdrawn.Stored(), Revision = letter.Revision + 1 });

    private static Outcome<LetterRow> Written(LetterRow letter, LetterContents contents, List<FieldViolation> violations) => violations.Count > 0
        ? new Outcome<LetterRow>.Invalid(violations)
        : new Outcome<LetterRow>.Accepted(letter with
        {
            ScopeVersionId = contents.ScopeVersionId,
            Terms = ProtoJson.WriteList(contents.Terms),
            FeeCapCents = contents.FeeCapCents,
            EffectiveDay = contents.EffectiveDay,
            EndDay = contents.EndDay,
            DueAnnexes = ProtoJson.WriteList(contents.Annexes),
            Revision = letter.Revision + 1,
        });

    // A draft is made as an empty one is changed; suggestions stand for the terms that the caller left out.
    private static UpdateLetterRequest Fields(CreateLetterRequest command, IReadOnlyList<MinimumTerm> minimumTerms)
    {
        var suggested = minimumTerms
            .Where(minimum => command.SuggestedTerms && command.Terms.All(term => term.Topic != minimum.Topic))
            .Select(minimum => new LetterTerm { Topic = minimum.Topic, Text = minimum.SuggestedText });

        return new UpdateLetterRequest
        {
            ScopeVersionId = command.ScopeVersionId,
            Terms = { command.Terms, suggested },
            FeeCap = command.FeeCap,
            EffectiveDay = command.EffectiveDay,
            EndDay = command.EndDay,
            DueAnnexes = { command.DueAnnexes },
        };
    }
}
