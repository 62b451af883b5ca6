using Delegation.Persistence.Paging;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Outcomes;

namespace Delegation.Reporting.ContractReferences;

/// <summary>Contracts and what references of them mean, in the database.</summary>
internal static class ContractMatchStore
{
    private const string Columns =
        """
        SELECT match_id AS id, delegation_id AS delegationid, reference, number, confidence, state, lines, import_id AS importid, person_id AS personid,
               decide_time AS decidetime, revision
        FROM contract_match
        WHERE owner_id = @OwnerId AND delegation_id = @DelegationId
        """;

    /// <summary>The insurer's numbers in a delegation; none where Contracts told of none.</summary>
    public static Task<IReadOnlyList<string>> ContractNumbersAsync(this TenantSession session, KnownDelegation delegation, CancellationToken cancellationToken) =>
        session.QueryAsync<string>(
            "SELECT number FROM insurer_contract WHERE owner_id = @OwnerId AND delegation_id = @DelegationId ORDER BY number", new { delegation.OwnerId, delegation.DelegationId }, cancellationToken);

    public static async Task<Page<ContractMatchRow>> ListMatchesAsync(
        this TenantSession session, KnownDelegation delegation, string? state, PageRequest page, CancellationToken cancellationToken)
    {
        var rows = await session.QueryAsync<ContractMatchRow>(
            $"{Columns} AND (@state::text IS NULL OR state = @state) AND (@after::uuid IS NULL OR match_id < @after)\nORDER BY match_id DESC\nLIMIT @Limit",
            new { delegation.OwnerId, delegation.DelegationId, state, after = page.After?.Id, page.Limit },
            cancellationToken);
        return rows.ToPage(page, row => new PageKey(default, row.Id));
    }

    /// <summary>One for a command: until its end nobody else changes it.</summary>
    public static async Task<Outcome<ContractMatchRow>> LockMatchAsync(this TenantSession session, KnownDelegation delegation, Guid id, CancellationToken cancellationToken) =>
        await session.FindAsync<ContractMatchRow>($"{Columns} AND match_id = @id FOR NO KEY UPDATE", new { delegation.OwnerId, delegation.DelegationId, id }, cancellationToken) is { } row
            ? new Outcome<ContractMatchRow>.Accepted(row)
            : new Outcome<ContractMatchRow>.NotFound("CONTRACT_MATCH_NOT_FOUND", new("There is no reference with this id in the delegation.", "Aucune référence de la délégation n'a cet identifiant."));

    /// <summary>Adds references that were met for the first time.</summary>
    public static Task AddMatchesAsync(this TenantSession session, KnownDelegation delegation, IReadOnlyCollection<ContractMatchRow> rows, CancellationToken cancellationToken) =>
        session.ExecuteAsync(
            """
            INSERT INTO contract_match (owner_id, delegation_id, delegate_id, match_id, reference, number, confidence, state, lines, import_id, revision)
            SELECT @OwnerId, @DelegationId, @DelegateId, m.*, @import, 1
            FROM unnest(@ids::uuid[], @references::text[], @numbers::text[], @confidences::int[], @states::text[], @lines::bigint[]) m
            """,
            new
            {
                delegation.OwnerId, delegation.DelegationId, delegation.DelegateId, import = rows.First().ImportId, ids = rows.Select(row => row.Id).ToArray(), references = rows.Select(row => row.Reference).ToArray(),
                numbers = rows.Select(row => row.Number).ToArray(), confidences = rows.Select(row => row.Confidence).ToArray(), states = rows.Select(row => row.State).ToArray(), lines = rows.Select(row => row.Lines).ToArray(),
            },
            cancellationToken);

    public static Task SaveDecisionAsync(this TenantSession session, KnownDelegation delegation, ContractMatchRow row, CancellationToken cancellationToken) =>
        session.ExecuteAsync(
            """
            UPDATE contract_match SET number = @Number, state = @State, person_id = @PersonId, decide_time = @DecideTime, revision = @Revision
            WHERE owner_id = @OwnerId AND delegation_id = @DelegationId AND match_id = @Id
            """,
            new { delegation.OwnerId, delegation.DelegationId, row.Id, row.Number, row.State, row.PersonId, row.DecideTime, row.Revision },
            cancellationToken);

    public static Task<long> CountDoubtfulAsync(this TenantSession session, KnownDelegation delegation, CancellationToken cancellationToken) =>
        session.FindAsync<long>(
            "SELECT count(*) FROM contract_match WHERE owner_id = @OwnerId AND delegation_id = @DelegationId AND state = 'doubtful'", new { delegation.OwnerId, delegation.DelegationId }, cancellationToken);
}
