using Delegation.Contracts.Delegations;
using Delegation.Contracts.V1;
using Delegation.Persistence.Paging;
using Delegation.Persistence.Tenancy;
using Google.Protobuf;

namespace Delegation.Contracts.Reversibility;

/// <summary>Rehearsals in the database: each is the message that was recorded.</summary>
internal static class RehearsalStore
{
    private sealed record Row(Guid Id, string Document);

    public static Task InsertRehearsalAsync(this TenantSession session, SharedDelegation delegation, Rehearsal rehearsal, CancellationToken cancellationToken) => session.ExecuteAsync(
        """
        INSERT INTO rehearsal (owner_id, delegation_id, delegate_id, rehearsal_id, document)
        VALUES (@InsurerId, @Id, @DelegateId, @rehearsalId, @document::jsonb)
        """,
        new { delegation.InsurerId, delegation.Id, delegation.DelegateId, rehearsalId = Guid.Parse(rehearsal.Id), document = JsonFormatter.Default.Format(rehearsal) },
        cancellationToken);

    public static async Task<(IReadOnlyList<Rehearsal> Items, string NextPageToken)> ListRehearsalsAsync(
        this TenantSession session, SharedDelegation delegation, PageRequest page, CancellationToken cancellationToken)
    {
        const string Sql =
            """
            SELECT rehearsal_id AS id, document::text AS document
            FROM rehearsal
            WHERE owner_id = @InsurerId AND delegation_id = @Id AND (@after::uuid IS NULL OR rehearsal_id < @after)
            ORDER BY rehearsal_id DESC
            LIMIT @Limit
            """;

        var rows = await session.QueryAsync<Row>(Sql, new { delegation.InsurerId, delegation.Id, after = page.After?.Id, page.Limit }, cancellationToken);
        var found = rows.ToPage(page, row => new PageKey(default, row.Id));
        return ([.. found.Items.Select(row => ProtoJson.Read<Rehearsal>(row.Document))], found.NextPageToken);
    }
}
