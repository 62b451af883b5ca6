using Delegation.Contracts.V1;
using Delegation.ServiceDefaults.Fields;
using Status = Delegation.Contracts.V1.RequirementCoverage.Types.Status;

namespace Delegation.Contracts.Regulation;

/// <summary>A clause that a contract has, and what it satisfies there.</summary>
internal sealed record PresentClause(string Code, IReadOnlyList<string> RequirementIds);

/// <summary>
/// Decides for each requirement how a contract stands on a day: satisfied by a clause or by evidence in force, else not applicable, else
/// waived, else missing. A binding requirement is satisfied or missing. Nothing but the arguments counts.
/// </summary>
internal static class CoverageRule
{
    /// <param name="regimes">Those that apply to the delegation.</param>
    /// <param name="clauses">Those of the contract.</param>
    /// <param name="evidence">That of the delegation; what is withdrawn or out of its days does not count.</param>
    /// <param name="exceptions">Those of the delegation.</param>
    /// <param name="answered">True when the insurer answered the questionnaire on regimes.</param>
    /// <param name="day">For which to say it.</param>
    public static IReadOnlyList<RequirementCoverage> Of(
        IReadOnlySet<Regime> regimes,
        IReadOnlyList<PresentClause> clauses,
        IReadOnlyList<Evidence> evidence,
        IReadOnlyList<RequirementException> exceptions,
        bool answered,
        DateOnly day)
    {
        var byRequirement = clauses.SelectMany(clause => clause.RequirementIds.Distinct().Select(id => (id, clause.Code))).ToLookup(pair => pair.id, pair => pair.Code);
        var inForce = evidence.Where(item => item.WithdrawTime is null && IsWithin(item.StartDay, item.EndDay, day)).ToArray();

        return
        [
            .. from requirement in RequirementCatalogue.Of(regimes, day)
               let codes = TakesClauses(requirement) ? byRequirement[requirement.Id] : []
               let proofs = inForce.Where(item => Proves(item, requirement)).ToArray()
               let exception = requirement.Binding ? null : exceptions.FirstOrDefault(exception => exception.RequirementId == requirement.Id)
               let byQuestionnaire = requirement.SatisfiedBy == SatisfiedBy.Questionnaire && answered
               select Item(requirement, [.. codes], proofs, exception, byQuestionnaire, day),
        ];
    }

    /// <summary>True when evidence of its kind is accepted for a requirement.</summary>
    public static bool TakesEvidence(Requirement requirement) => requirement.SatisfiedBy is SatisfiedBy.Evidence or SatisfiedBy.Either;

    /// <summary>True when clauses can satisfy a requirement.</summary>
    public static bool TakesClauses(Requirement requirement) => requirement.SatisfiedBy is SatisfiedBy.Clause or SatisfiedBy.Either;

    private static RequirementCoverage Item(
        Requirement requirement, string[] codes, Evidence[] proofs, RequirementException? exception, bool byQuestionnaire, DateOnly day)
    {
        var status = codes.Length > 0 || proofs.Length > 0 || byQuestionnaire ? Status.Satisfied
            : exception is { Kind: RequirementException.Types.Kind.NotApplicable } ? Status.NotApplicable
            : exception is not null && IsWithin("", exception.UntilDay, day) ? Status.Waived
            : Status.Missing;

        return new RequirementCoverage
        {
            Requirement = requirement,
            Status = status,
            ClauseCodes = { codes },
            EvidenceIds = { proofs.Select(item => item.Id) },
            ByQuestionnaire = byQuestionnaire,
            Exception = exception,
            // What only evidence proves is proved until the last of it ends.
            SatisfiedUntilDay = codes.Length == 0 && proofs.Length > 0 && proofs.All(item => item.EndDay.Length > 0) ? proofs.Select(item => item.EndDay).Max(StringComparer.Ordinal) : "",
            BlocksSignature = status == Status.Missing && requirement is { Mandatory: true, Due: RequirementDue.Signature },
        };
    }

    private static bool Proves(Evidence item, Requirement requirement) =>
        TakesEvidence(requirement) && item.Kind == requirement.EvidenceKind && item.RequirementIds.Contains(requirement.Id);

    private static bool IsWithin(string startDay, string endDay, DateOnly day)
    {
        var text = DayField.Write(day);
        return string.CompareOrdinal(startDay, text) <= 0 && (endDay.Length == 0 || string.CompareOrdinal(text, endDay) <= 0);
    }
}
