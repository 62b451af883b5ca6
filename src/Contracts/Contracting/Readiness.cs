using Delegation.Contracts.Annexes;
using Delegation.Contracts.Negotiation;
using Delegation.Contracts.Scope;
using Delegation.Contracts.V1;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Kind = Delegation.Contracts.V1.DueAnnex.Types.Kind;
using ScopeState = Delegation.Contracts.V1.ScopeVersion.Types.State;
using Sort = Delegation.Contracts.V1.ContractClause.Types.Sort;
using State = Delegation.Contracts.V1.Contract.Types.State;

namespace Delegation.Contracts.Contracting;

/// <summary>What a contract is concluded with.</summary>
/// <param name="Clauses">Its clauses that are not struck out.</param>
/// <param name="Coverage">How its text, with that of the contract that it amends, stands with the requirements.</param>
/// <param name="Annexes">The approved annexes of the delegation.</param>
/// <param name="Scope">The version of the scope that both sides validated and that is current; null when there is none.</param>
/// <param name="Amended">The contract that it amends; null for a contract.</param>
/// <param name="AmendedCodes">The codes of the clauses of that contract with its amendments in force.</param>
internal sealed record Matters(
    IReadOnlyList<ClauseRow> Clauses,
    ContractCoverage Coverage,
    IReadOnlyList<ListedAnnex> Annexes,
    ScopeVersionRow? Scope,
    ContractRow? Amended,
    IReadOnlySet<string> AmendedCodes);

/// <summary>Everything that a contract lacks to be issued or signed, all of it at once.</summary>
internal static class Readiness
{
    /// <summary>What keeps an agreed text from being issued.</summary>
    /// <param name="contract">The contract.</param>
    /// <param name="matters">With what it is concluded.</param>
    /// <param name="openReviews">Its reviews that are not approved.</param>
    public static IEnumerable<UnmetCondition> MissingToIssue(ContractRow contract, Matters matters, IReadOnlyList<ReviewRow> openReviews)
    {
        foreach (var clause in matters.Clauses.Where(clause => openReviews.Any(review => review.ClauseId == clause.Id)))
        {
            var departments = string.Join(", ", openReviews.Where(review => review.ClauseId == clause.Id).Select(review => $"{review.Side}/{review.Department}"));
            yield return new("REVIEW_OPEN", clause.Code, new($"Not approved by: {departments}.", $"Non validée par : {departments}."));
        }

        if (contract.ProposedTerms is not null)
            yield return new("TERMS_OPEN", "proposed_terms", new("Proposed terms have no answer.", "Des conditions proposées sont sans réponse."));

        foreach (var (clause, parameter) in matters.Clauses.SelectMany(clause => ClauseParameters.Open(clause).Select(parameter => (clause, parameter))))
            yield return new(
                "PARAMETER_MISSING",
                $"{clause.Code}.{parameter}",
                new($"Clause {clause.Code} leaves {{{{{parameter}}}}} open; fill it in.", $"La clause {clause.Code} laisse {{{{{parameter}}}}} à compléter."));

        if (!contract.IsAmendment && contract.Duration is null)
            yield return new("DURATION_MISSING", "terms.duration", new("The terms do not say how long it lasts.", "Les conditions n'indiquent pas sa durée."));

        foreach (var clause in matters.Clauses.Where(clause => clause.Sort == Sort.Repeal.Stored() && !matters.AmendedCodes.Contains(clause.Code)))
            yield return new("REPEAL_OF_NOTHING", clause.Code, new($"There is no clause {clause.Code} to strike out.", $"Il n'y a pas de clause {clause.Code} à supprimer."));

        foreach (var condition in Missing(contract, matters))
            yield return condition;
    }

    /// <summary>What keeps what was issued from being signed by now.</summary>
    public static IEnumerable<UnmetCondition> MissingToSign(ContractRow contract, Matters matters)
    {
        foreach (var listed in contract.ReadAnnexes().Where(listed => matters.Annexes.All(annex => annex.VersionId != listed.VersionId)))
            yield return new(
                "ANNEX_CHANGED",
                listed.AnnexId,
                new($"Another version than the listed one is approved, or none: {AnnexKinds.Name(listed.Kind, listed.Title).English}. Recall the contract and issue it again.",
                    $"La version citée n'est plus celle qui est approuvée : {AnnexKinds.Name(listed.Kind, listed.Title).French}. Rappelez le contrat et émettez-le à nouveau."));

        if (matters.Scope is not null && matters.Scope.Id != contract.ScopeVersionId)
            yield return new("SCOPE_CHANGED", contract.ScopeVersionId.ToString()!, new("Another version of the scope was validated since. Recall the contract and issue it again.", "Une autre version du périmètre a été validée depuis. Rappelez le contrat et émettez-le à nouveau."));

        foreach (var condition in Missing(contract, matters))
            yield return condition;
    }

    private static IEnumerable<UnmetCondition> Missing(ContractRow contract, Matters matters)
    {
        foreach (var item in matters.Coverage.Requirements.Where(item => item.BlocksSignature))
            yield return new("REQUIREMENT_MISSING", item.Requirement.Id, new(
                $"Not covered: {item.Requirement.Name} ({item.Requirement.Source}).", $"Non couvert : {item.Requirement.FrenchName} ({item.Requirement.Source})."));

        foreach (var kind in Enum.GetValues<Kind>().Where(AnnexKinds.IsMandatory).Where(kind => matters.Annexes.All(annex => annex.Kind != kind)))
            yield return new("ANNEX_NOT_APPROVED", kind.ToString(), new(
                $"Not approved: {AnnexKinds.Name(kind, "").English}.", $"Annexe non approuvée : {AnnexKinds.Name(kind, "").French}."));

        if (matters.Scope?.IsIn(ScopeState.Validated) != true)
            yield return new("SCOPE_NOT_VALIDATED", "scope", new("The two sides have not validated a scope.", "Les parties n'ont pas validé de périmètre."));

        if (contract.IsAmendment)
            foreach (var condition in OfAmended(contract, matters.Amended!))
                yield return condition;
    }

    private static IEnumerable<UnmetCondition> OfAmended(ContractRow amendment, ContractRow amended)
    {
        if (!amended.IsIn(State.InForce))
            yield return new("AMENDED_NOT_IN_FORCE", amended.Id.ToString(), new("The contract that it amends is not in force.", "Le contrat modifié n'est pas en vigueur."));
        else if (amendment.EffectiveDay < amended.EffectiveDay || amendment.EffectiveDay > amended.End().TransitionEnd)
            yield return new(
                "AMENDED_OUT_OF_DAYS",
                DayField.Write(amendment.EffectiveDay),
                new("The contract that it amends does not hold on its effective day.", "Le contrat modifié n'est pas en vigueur à sa date d'effet."));
    }
}
