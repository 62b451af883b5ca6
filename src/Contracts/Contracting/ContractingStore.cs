using Delegation.Contracts.Delegations;
using Delegation.Contracts.Negotiation;
using Delegation.Contracts.Scope;
using Delegation.Contracts.V1;
using Delegation.Persistence.Tenancy;
using Kind = Delegation.Contracts.V1.DueAnnex.Types.Kind;

namespace Delegation.Contracts.Contracting;

/// <summary>What contracts are concluded with, in the database. Whoever writes holds the lock of the delegation.</summary>
internal static class ContractingStore
{
    /// <summary>The approved annexes of a delegation by the version that is approved, the mandatory ones first.</summary>
    public static async Task<IReadOnlyList<ListedAnnex>> ListApprovedAnnexesAsync(
        this TenantSession session, SharedDelegation delegation, CancellationToken cancellationToken)
    {
        const string Sql =
            """
            SELECT a.annex_id AS annexid, a.kind, a.title, v.version_id AS versionid, v.number, v.file_name AS filename, v.sha256
            FROM annex a
            JOIN annex_version v
                ON v.owner_id = a.owner_id AND v.delegation_id = a.delegation_id AND v.annex_id = a.annex_id AND v.version_id = a.approved_version_id
            WHERE a.owner_id = @InsurerId AND a.delegation_id = @Id
            ORDER BY a.annex_id
            """;

        var rows = await session.QueryAsync<ApprovedAnnex>(Sql, new { delegation.InsurerId, delegation.Id }, cancellationToken);
        return [.. rows.Select(row => row.ToMessage()).OrderBy(annex => annex.Kind)];
    }

    /// <summary>Freezes the lines of the scope that a contract covers.</summary>
    public static Task SaveScopeLinesAsync(this TenantSession session, ContractRow contract, ScopeVersionRow scope, CancellationToken cancellationToken) =>
        session.ExecuteAsync(
            "UPDATE contract SET scope_lines = @Lines::jsonb WHERE owner_id = @OwnerId AND delegation_id = @DelegationId AND contract_id = @Id",
            new { scope.Lines, contract.OwnerId, contract.DelegationId, contract.Id },
            cancellationToken);

    /// <summary>The contracts of a delegation that are in force, amendments apart: more than one only while the former runs out.</summary>
    public static Task<IReadOnlyList<ContractRow>> ListContractsInForceAsync(this TenantSession session, SharedDelegation delegation, CancellationToken cancellationToken) =>
        session.QueryAsync<ContractRow>(
            $"{ContractStore.Columns}\nWHERE owner_id = @InsurerId AND delegation_id = @Id AND kind = 'contract' AND state = 'in_force' ORDER BY number",
            new { delegation.InsurerId, delegation.Id },
            cancellationToken);

    private sealed record ApprovedAnnex(Guid AnnexId, string Kind, string Title, Guid VersionId, int Number, string FileName, string Sha256)
    {
        public ListedAnnex ToMessage() => new()
        {
            AnnexId = AnnexId.ToString(),
            Kind = StoredNames.Read<Kind>(Kind),
            Title = Title,
            VersionId = VersionId.ToString(),
            Number = Number,
            FileName = FileName,
            Sha256 = Sha256,
        };
    }
}
