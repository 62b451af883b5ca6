using Delegation.Persistence.Journal;
using Delegation.Persistence.Tenancy;

namespace Delegation.Reporting.Coinsurance;

/// <summary>Shares of insurers in the database.</summary>
internal static class CoinsuranceStore
{
    /// <summary>Keeps the shares that an entry tells; told again they stay.</summary>
    public static Task SaveSharesAsync(this SystemSession session, JournalEntry told, IReadOnlyCollection<InsurerShare> shares, CancellationToken cancellationToken) =>
        session.ExecuteAsync(
            $"""
            {Delegations.Know}
            INSERT INTO insurer_share (owner_id, delegation_id, delegate_id, revision, siren, legal_name, share_ppm, leads, know_time)
            SELECT @OwnerId, @DelegationId, @DelegateId, @Revision, s.*, @OccurTime
            FROM unnest(@sirens::text[], @names::text[], @shares::integer[], @leads::boolean[]) s
            ON CONFLICT DO NOTHING
            """,
            new
            {
                told.OwnerId, told.DelegationId, told.DelegateId, told.Revision, told.OccurTime, sirens = shares.Select(one => one.Siren).ToArray(), names = shares.Select(one => one.LegalName).ToArray(),
                shares = shares.Select(one => one.SharePpm).ToArray(), leads = shares.Select(one => one.Leads).ToArray(),
            },
            cancellationToken);

    /// <summary>The insurers as they were agreed on at an instant, or are now: the one that leads first, then those with the greatest shares. None before Contracts told of any.</summary>
    public static Task<IReadOnlyList<InsurerShare>> SharesAsync(this TenantSession session, KnownDelegation delegation, DateTime? asOf, CancellationToken cancellationToken) =>
        session.QueryAsync<InsurerShare>(
            """
            SELECT siren, legal_name AS legalname, share_ppm AS shareppm, leads
            FROM insurer_share
            WHERE owner_id = @OwnerId AND delegation_id = @DelegationId AND revision = (
                SELECT max(revision) FROM insurer_share
                WHERE owner_id = @OwnerId AND delegation_id = @DelegationId AND (@asOf::timestamptz IS NULL OR know_time <= @asOf))
            ORDER BY leads DESC, share_ppm DESC, siren
            """,
            new { delegation.OwnerId, delegation.DelegationId, asOf },
            cancellationToken);
}
