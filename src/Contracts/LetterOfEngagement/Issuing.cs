using Delegation.Contracts.Delegations;
using Delegation.Contracts.Scope;
using Delegation.Contracts.V1;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Outcomes;
using Delegation.ServiceDefaults.Time;
using ScopeState = Delegation.Contracts.V1.ScopeVersion.Types.State;
using State = Delegation.Contracts.V1.Letter.Types.State;

namespace Delegation.Contracts.LetterOfEngagement;

/// <summary>
/// Decides whether a draft may be signed: it has all minimum terms, a scope that both sides validated, a cap, days, and lists the annexes of
/// the trade. Open points, lines to be decided and annexes still due, do not stand in the way. What is issued is frozen with its hash.
/// </summary>
internal static class Issuing
{
    public static Outcome<LetterRow> Issue(
        LetterRow letter, string etag, SharedDelegation delegation, ScopeVersionRow? scope, TradeList trade, IReadOnlyList<MinimumTerm> minimumTerms, DateTimeOffset now)
    {
        if ((LetterRefusals.NotADraft(letter, etag) ?? delegation.Closed<LetterRow>()) is { } refusal)
            return refusal;

        var missing = Missing(letter, scope, minimumTerms, ParisDays.DayAt(now)).ToArray();
        if (missing.Length > 0)
            return new Outcome<LetterRow>.Refused(
                "LETTER_INCOMPLETE", new("The letter lacks what it must have to be signed.", "Il manque à la lettre ce qu'il faut pour être signée."), missing);

        var text = LetterText.Of(letter, delegation, scope!, trade, minimumTerms);
        return new Outcome<LetterRow>.Accepted(letter with
        {
            State = State.Issued.Stored(),
            ScopeLines = scope!.Lines,
            Text = text,
            TextSha256 = LetterText.Sha256(text),
            IssueTime = now.InMicroseconds(),
            Revision = letter.Revision + 1,
        });
    }

    private static IEnumerable<UnmetCondition> Missing(LetterRow letter, ScopeVersionRow? scope, IReadOnlyList<MinimumTerm> minimumTerms, DateOnly today)
    {
        var present = letter.ReadTerms().Select(term => term.Topic).ToHashSet();
        foreach (var term in minimumTerms.Where(term => !present.Contains(term.Topic)))
            yield return new("TERM_MISSING", term.Topic.ToString(), new($"Missing: {term.Title}.", $"Il manque : {term.FrenchTitle}."));

        if (scope is null)
            yield return new("SCOPE_VERSION_MISSING", "scope_version_id", new("The letter names no scope.", "La lettre n'indique pas de périmètre."));
        else if (!scope.IsIn(ScopeState.Validated))
            yield return new("SCOPE_NOT_VALIDATED", "scope_version_id", new("Its scope is not one that both sides validated and that is still current.", "Son périmètre n'est pas validé par les deux parties, ou a été remplacé."));

        if (letter.FeeCapCents is null)
            yield return new("FEE_CAP_MISSING", "fee_cap", new("The letter has no cap.", "La lettre n'a pas de plafond."));

        if (letter.EffectiveDay is null)
            yield return new("EFFECTIVE_DAY_MISSING", "effective_day", new("The letter has no effective day.", "La lettre n'a pas de date d'effet."));

        if (letter.EndDay is not { } end)
            yield return new("END_DAY_MISSING", "end_day", new("The letter has no end day.", "La lettre n'a pas de date de fin."));
        else if (end < today)
            yield return new("LETTER_ENDED", "end_day", new("The end day is over already.", "La date de fin est déjà passée."));

        var annexes = letter.ReadAnnexes().Select(annex => annex.Kind).ToHashSet();
        foreach (var kind in DueAnnexes.Mandatory.Where(kind => !annexes.Contains(kind)))
            yield return new("ANNEX_MISSING", kind.ToString(), new($"The letter does not list this annex: {kind}.", $"La lettre ne mentionne pas : {LetterText.FrenchName(kind)}."));
    }
}
