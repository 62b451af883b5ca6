using Delegation.Contracts.V1;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;

namespace Delegation.Contracts.LetterOfEngagement;

/// <summary>What people write into a draft, read from a request over what it had before.</summary>
internal sealed record LetterContents(
    Guid? ScopeVersionId, IReadOnlyList<LetterTerm> Terms, long? FeeCapCents, DateOnly? EffectiveDay, DateOnly? EndDay, IReadOnlyList<DueAnnex> Annexes)
{
    public static readonly LetterContents None = new(null, [], null, null, null, []);

    public static LetterContents Of(LetterRow letter) => new(
        letter.ScopeVersionId, letter.ReadTerms(), letter.FeeCapCents, letter.EffectiveDay, letter.EndDay, letter.ReadAnnexes());

    /// <summary>The contents with what a request gives; violations for all that is wrong with it.</summary>
    /// <param name="given">The fields of the request; those that are empty stay as they were.</param>
    /// <param name="isKnownScope">Whether the version that the request names is one of the delegation.</param>
    /// <param name="options">Bounds.</param>
    /// <param name="violations">Gets what is wrong.</param>
    public LetterContents With(UpdateLetterRequest given, bool isKnownScope, LetterOptions options, List<FieldViolation> violations)
    {
        var scope = IdField.ReadOptional("scope_version_id", given.ScopeVersionId, violations);
        if (scope is not null && !isKnownScope)
            violations.Add(LetterViolations.ScopeVersionUnknown);

        var terms = LetterTerms.Merge(Terms, given.Terms, violations);
        var cap = ReadCap(given.FeeCap, violations) ?? FeeCapCents;
        var effective = DayField.ReadOptional("effective_day", given.EffectiveDay, violations) ?? EffectiveDay;
        var end = DayField.ReadOptional("end_day", given.EndDay, violations) ?? EndDay;
        if (effective is { } first && end is { } last)
            CheckLength(first, last, options, violations);

        var annexes = given.DueAnnexes.Count > 0 ? DueAnnexes.Read(given.DueAnnexes, violations) : Annexes;
        if (annexes.Count == 0 && end is { } day)
            annexes = DueAnnexes.OfTheTrade(day);
        DueAnnexes.CheckEnd(annexes, end, violations);

        return new LetterContents(scope ?? ScopeVersionId, terms, cap, effective, end, annexes);
    }

    private static long? ReadCap(Money? cap, List<FieldViolation> violations)
    {
        if (cap is null)
            return null;

        if (cap.Currency != "EUR")
            violations.Add(LetterViolations.CurrencyNotEuro);
        if (cap.MinorUnits <= 0)
            violations.Add(LetterViolations.FeeCapNotPositive);

        return cap.MinorUnits;
    }

    private static void CheckLength(DateOnly first, DateOnly last, LetterOptions options, List<FieldViolation> violations)
    {
        if (last < first)
            violations.Add(LetterViolations.EndBeforeEffective);
        else if (last.DayNumber - first.DayNumber + 1 > options.LongestDays)
            violations.Add(LetterViolations.TooLong(options.LongestDays));
    }
}
