using Delegation.Contracts.Delegations;
using Delegation.Contracts.V1;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;

namespace Delegation.Contracts.Regulation;

/// <summary>How a contract stands with the requirements of its delegation: what <see cref="CoverageRule"/> decides from what the database holds.</summary>
internal static class CoverageReading
{
    /// <summary>The coverage on a day; of a contract that the delegation has.</summary>
    public static async Task<Outcome<ContractCoverage>> ReadCoverageAsync(
        this TenantSession session, SharedDelegation delegation, Guid contractId, DateOnly day, CancellationToken cancellationToken)
    {
        var clauses = await session.ListPresentClausesAsync(delegation, contractId, cancellationToken);
        if (clauses.Count == 0)
            return RegulationRefusals.ContractNotFound<ContractCoverage>();

        var questionnaire = await session.FindQuestionnaireAsync(delegation, cancellationToken);
        var flags = questionnaire.Flags(await session.FindInsurerKindAsync(delegation, cancellationToken));
        var evidence = await session.ListEvidenceInForceAsync(delegation, day, cancellationToken);
        var exceptions = await session.ListExceptionsAsync(delegation, cancellationToken);
        var coverage = CoverageRule.Of(
            flags.Applying(),
            [.. clauses.Where(clause => clause.Code is not null).Select(clause => new PresentClause(clause.Code!, clause.Requirements))],
            [.. evidence.Select(row => row.ToMessage(delegation.Id))],
            [.. exceptions.Select(row => row.ToMessage(delegation.Id))],
            questionnaire.IsAnswered,
            day);

        return new Outcome<ContractCoverage>.Accepted(new ContractCoverage
        {
            DelegationId = delegation.Id.ToString(),
            ContractId = contractId.ToString(),
            Day = DayField.Write(day),
            Regimes = { flags },
            Requirements = { coverage },
            BlockingRequirementIds = { coverage.Where(item => item.BlocksSignature).Select(item => item.Requirement.Id) },
        });
    }

    // One row at least for a contract that is there, though it may have no clause.
    private static Task<IReadOnlyList<ClauseInContract>> ListPresentClausesAsync(
        this TenantSession session, SharedDelegation delegation, Guid contractId, CancellationToken cancellationToken)
    {
        const string Sql =
            """
            SELECT l.code, coalesce(l.requirements, '{}') AS requirements
            FROM contract c
            LEFT JOIN contract_clause l
                ON l.owner_id = c.owner_id AND l.delegation_id = c.delegation_id AND l.contract_id = c.contract_id AND NOT l.removed
            WHERE c.owner_id = @InsurerId AND c.delegation_id = @Id AND c.contract_id = @contractId
            ORDER BY l.place
            """;

        return session.QueryAsync<ClauseInContract>(Sql, new { delegation.InsurerId, delegation.Id, contractId }, cancellationToken);
    }

    private sealed record ClauseInContract
    {
        public string? Code { get; init; }

        public required string[] Requirements { get; init; }
    }
}
