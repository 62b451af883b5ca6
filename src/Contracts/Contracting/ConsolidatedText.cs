using Delegation.Contracts.Delegations;
using Delegation.Contracts.Negotiation;
using Delegation.Persistence.Tenancy;
using Sort = Delegation.Contracts.V1.ContractClause.Types.Sort;

namespace Delegation.Contracts.Contracting;

/// <summary>
/// A contract with its amendments: a clause of an amendment takes the place of that of the same code, or follows the others where there is
/// none; a repeal strikes it out. Of two amendments the one signed last prevails.
/// </summary>
/// <param name="ContractId">The contract.</param>
/// <param name="AmendmentIds">The amendments, in the order in which they were signed; one that is not signed comes last.</param>
/// <param name="Clauses">The clauses, each of the text by which it holds.</param>
internal sealed record ConsolidatedText(Guid ContractId, IReadOnlyList<Guid> AmendmentIds, IReadOnlyList<ClauseRow> Clauses)
{
    /// <param name="texts">The contract and its amendments, in their order.</param>
    /// <param name="clauses">Those of all of them that are not struck out in their negotiation, in the order of their places.</param>
    public static ConsolidatedText Of(IReadOnlyList<Guid> texts, IReadOnlyList<ClauseRow> clauses)
    {
        var ofText = clauses.ToLookup(clause => clause.ContractId);
        var consolidated = new List<ClauseRow>();
        foreach (var clause in texts.SelectMany(text => ofText[text]))
        {
            var place = consolidated.FindIndex(other => other.Code == clause.Code);
            if (clause.Sort == Sort.Repeal.Stored())
                consolidated.RemoveAll(other => other.Code == clause.Code);
            else if (place < 0)
                consolidated.Add(clause);
            else
                consolidated[place] = clause;
        }

        return new ConsolidatedText(texts[0], [.. texts.Skip(1)], consolidated);
    }

    /// <summary>The text on a day: of a contract with the signed amendments that are effective by then; of an amendment with it as well. Null when there is none.</summary>
    public static async Task<ConsolidatedText?> ReadAsync(
        TenantSession session, SharedDelegation delegation, Guid contractId, DateOnly day, CancellationToken cancellationToken)
    {
        const string Texts =
            """
            SELECT c.contract_id
            FROM contract asked
            JOIN contract c ON c.owner_id = asked.owner_id AND c.delegation_id = asked.delegation_id
                AND (c.contract_id IN (asked.contract_id, asked.amends_id)
                     OR (c.amends_id = coalesce(asked.amends_id, asked.contract_id) AND c.in_force_time IS NOT NULL AND c.effective_day <= @day))
            WHERE asked.owner_id = @InsurerId AND asked.delegation_id = @Id AND asked.contract_id = @contractId
            ORDER BY (c.amends_id IS NOT NULL), c.in_force_time NULLS LAST, c.number
            """;

        var texts = await session.QueryAsync<Guid>(Texts, new { delegation.InsurerId, delegation.Id, contractId, day }, cancellationToken);
        return texts.Count == 0 ? null : Of(texts, await session.ListClausesAsync(delegation, texts, cancellationToken));
    }
}
