using Delegation.Persistence.Access;
using Delegation.Persistence.Tenancy;

namespace Delegation.ProjectDelivery.Satisfaction;

/// <summary>What each side thinks, in the database: one statement per call.</summary>
internal static class SatisfactionStore
{
    private const string Columns =
        """
        SELECT owner_id AS ownerid, delegation_id AS delegationid, delegate_id AS delegateid, satisfaction_id AS id, period, side, scores::text AS scores,
               give_time AS givetime, share_time AS sharetime, revision
        FROM satisfaction
        """;

    /// <summary>The satisfaction of both sides in a period, as far as the caller's side may read it.</summary>
    public static Task<IReadOnlyList<SideSatisfactionRow>> FindSatisfactionAsync(
        this TenantSession session, Parties parties, SatisfactionPeriod period, CancellationToken cancellationToken) =>
        session.QueryAsync<SideSatisfactionRow>(
            $"{Columns} WHERE owner_id = @OwnerId AND delegation_id = @DelegationId AND period = @Text AND visibility IN ('both', @side)",
            new { parties.OwnerId, parties.DelegationId, period.Text, side = session.Caller.Side.Code() },
            cancellationToken);

    /// <summary>What is shared from one period of a length to another, the earliest first.</summary>
    public static Task<IReadOnlyList<SideSatisfactionRow>> ListSharedAsync(
        this TenantSession session, Parties parties, SatisfactionPeriod first, SatisfactionPeriod last, CancellationToken cancellationToken) =>
        session.QueryAsync<SideSatisfactionRow>(
            $"""
            {Columns}
            WHERE owner_id = @OwnerId AND delegation_id = @DelegationId AND period_kind = @kind AND first_day BETWEEN @first AND @last AND visibility = 'both'
            ORDER BY first_day
            """,
            new { parties.OwnerId, parties.DelegationId, kind = first.Kind.Stored(), first = first.FirstDay, last = last.FirstDay },
            cancellationToken);

    /// <summary>Keeps what a side gives; false when it was changed or shared meanwhile.</summary>
    public static async Task<bool> SaveSatisfactionAsync(
        this TenantSession session, SideSatisfactionRow satisfaction, SatisfactionPeriod period, CancellationToken cancellationToken) =>
        await session.ExecuteAsync(
            """
            INSERT INTO satisfaction AS s (
                owner_id, delegation_id, delegate_id, satisfaction_id, period, period_kind, first_day, side, visibility, scores, give_time, revision)
            VALUES (@OwnerId, @DelegationId, @DelegateId, @Id, @Period, @kind, @FirstDay, @Side, @SeenBy, @Scores::jsonb, @GiveTime, @Revision)
            ON CONFLICT (owner_id, delegation_id, period, side) DO UPDATE SET
                scores = excluded.scores, give_time = excluded.give_time, revision = excluded.revision
            WHERE s.share_time IS NULL AND s.revision = excluded.revision - 1
            """,
            new
            {
                satisfaction.OwnerId, satisfaction.DelegationId, satisfaction.DelegateId, satisfaction.Id, satisfaction.Period, kind = period.Kind.Stored(),
                period.FirstDay, satisfaction.Side, satisfaction.SeenBy, satisfaction.Scores, satisfaction.GiveTime, satisfaction.Revision,
            },
            cancellationToken) == 1;

    /// <summary>What both sides gave in the period of one of them, locked; without a caller, who would not see the other side's.</summary>
    public static Task<IReadOnlyList<SideSatisfactionRow>> LockBothAsync(this SystemSession session, Guid ownerId, Guid id, CancellationToken cancellationToken) =>
        session.QueryAsync<SideSatisfactionRow>(
            $"""
            {Columns}
            WHERE owner_id = @ownerId AND (delegation_id, period) = (
                SELECT s.delegation_id, s.period FROM satisfaction s WHERE s.owner_id = @ownerId AND s.satisfaction_id = @id)
            ORDER BY side
            FOR UPDATE
            """,
            new { ownerId, id },
            cancellationToken);

    public static Task ShareSatisfactionAsync(this SystemSession session, SideSatisfactionRow satisfaction, CancellationToken cancellationToken) =>
        session.ExecuteAsync(
            """
            UPDATE satisfaction SET share_time = @ShareTime, visibility = 'both', revision = @Revision
            WHERE owner_id = @OwnerId AND delegation_id = @DelegationId AND period = @Period AND side = @Side
            """,
            new { satisfaction.OwnerId, satisfaction.DelegationId, satisfaction.Period, satisfaction.Side, satisfaction.ShareTime, satisfaction.Revision },
            cancellationToken);
}
