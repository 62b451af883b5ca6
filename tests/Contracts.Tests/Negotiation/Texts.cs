using Delegation.Contracts.V1;

namespace Delegation.Contracts.Tests.Negotiation;

/// <summary>Contracts and clauses to negotiate about.</summary>
internal static class Texts
{
    public static ContractClause Clause(string code) => new()
    {
        Code = code, Family = "audit", Title = $"Clause {code}", Wording = $"Rédaction initiale de {code}.", RequirementIds = { "DORA-30-2-A" },
    };

    /// <summary>A draft with two clauses, to be reviewed within ten days each.</summary>
    public static CreateContractRequest Draft(string delegationId, params string[] codes) => new()
    {
        DelegationId = delegationId,
        Terms = new ContractTerms { Title = "Convention de délégation", EffectiveDay = "2026-01-01", ReviewDays = 10 },
        Clauses = { (codes.Length == 0 ? ["OBJ-1", "AUD-1"] : codes).Select(Clause) },
    };

    public static RequestChangeRequest Change(Contract contract, ContractClause clause) => new()
    {
        DelegationId = contract.DelegationId,
        ContractId = contract.Id,
        ClauseId = clause.Id,
        Department = ReviewDepartment.Legal,
        Comment = "Le délai est trop court.",
        Wording = $"Rédaction proposée de {clause.Code}.",
        Etag = clause.Etag,
    };
}
