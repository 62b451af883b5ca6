using Delegation.Persistence.Tenancy;

namespace Delegation.Reporting.ContractReferences;

/// <summary>The insurer's numbers that references of contracts mean: matched without doubt, or decided by a person. Each revision stays, the last one counts.</summary>
internal static class ContractMeanings
{
    /// <summary>Joins to rows with a <c>contract_reference</c> what it means, as of <c>@asOf</c> or now; of the parties <c>@OwnerId</c> and <c>@DelegationId</c>.</summary>
    public const string Join =
        """
        LEFT JOIN (
            SELECT DISTINCT ON (reference) reference, number
            FROM contract_meaning
            WHERE owner_id = @OwnerId AND delegation_id = @DelegationId AND (@asOf::timestamptz IS NULL OR record_time <= @asOf)
            ORDER BY reference, revision DESC) meaning ON meaning.reference = contract_reference
        """;

    /// <summary>The contract of such a row: the number, or the reference as it came where none is known.</summary>
    public const string Contract = "coalesce(meaning.number, contract_reference)";

    /// <summary>Keeps what references mean from an instant on; a null number takes back what one meant. Nothing of doubtful ones.</summary>
    public static Task AddMeaningsAsync(
        this TenantSession session, KnownDelegation delegation, IEnumerable<ContractMatchRow> rows, DateTime recordTime, CancellationToken cancellationToken)
    {
        var known = rows.Where(row => row.State != ContractMatchRow.Doubtful).ToArray();
        return known.Length == 0 ? Task.CompletedTask : session.ExecuteAsync(
            """
            INSERT INTO contract_meaning (owner_id, delegation_id, delegate_id, reference, number, revision, record_time)
            SELECT @OwnerId, @DelegationId, @DelegateId, m.*, @recordTime
            FROM unnest(@references::text[], @numbers::text[], @revisions::bigint[]) m
            """,
            new
            {
                delegation.OwnerId, delegation.DelegationId, delegation.DelegateId, recordTime, references = known.Select(row => row.Reference).ToArray(),
                numbers = known.Select(row => row.Number).ToArray(), revisions = known.Select(row => row.Revision).ToArray(),
            },
            cancellationToken);
    }
}
