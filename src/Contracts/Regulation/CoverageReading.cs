using Delegation.Contracts.Contracting;
using Delegation.Contracts.Delegations;
using Delegation.Contracts.V1;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;

namespace Delegation.Contracts.Regulation;

/// <summary>How a contract stands with the requirements of its delegation: what <see cref="CoverageRule"/> decides from what the database holds.</summary>
internal static class CoverageReading
{
    /// <summary>The coverage on a day, of a contract with its amendments.</summary>
    public static async Task<Outcome<ContractCoverage>> ReadCoverageAsync(
        this TenantSession session, SharedDelegation delegation, Guid contractId, DateOnly day, CancellationToken cancellationToken)
    {
        if (await ConsolidatedText.ReadAsync(session, delegation, contractId, day, cancellationToken) is not { } text)
            return RegulationRefusals.ContractNotFound<ContractCoverage>();

        var questionnaire = await session.FindQuestionnaireAsync(delegation, cancellationToken);
        var flags = questionnaire.Flags(await session.FindInsurerKindAsync(delegation, cancellationToken));
        var evidence = await session.ListEvidenceInForceAsync(delegation, day, cancellationToken);
        var exceptions = await session.ListExceptionsAsync(delegation, cancellationToken);
        var coverage = CoverageRule.Of(
            flags.Applying(),
            [.. text.Clauses.Select(clause => new PresentClause(clause.Code, clause.Requirements))],
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
}
