using Delegation.Persistence.Journal;
using Delegation.Persistence.Tenancy;

namespace Delegation.ProjectDelivery.Committees;

/// <summary>What a breach is beside those that are known already.</summary>
/// <param name="IsFirst">Nothing was known of breaches of its period.</param>
/// <param name="FollowsAnother">There was one in the period before too.</param>
internal sealed record BreachNews(bool IsFirst, bool FollowsAnother);

/// <summary>This service's copy of the breaches that Reporting told.</summary>
internal static class BreachStore
{
    public static async Task<BreachNews> SaveBreachAsync(this SystemSession session, JournalEntry told, Breach breach, CancellationToken cancellationToken) =>
        (await session.FindAsync<BreachNews>(
            """
            INSERT INTO delegation (owner_id, delegation_id, delegate_id, state, revision)
            VALUES (@OwnerId, @DelegationId, @DelegateId, 'open', 0)
            ON CONFLICT DO NOTHING;
            WITH saved AS (
                INSERT INTO commitment_breach (owner_id, delegation_id, delegate_id, object_type, measure_id, title_en, title_fr, recorded_start, recorded_end, breach_time)
                VALUES (@OwnerId, @DelegationId, @DelegateId, @ObjectType, @ObjectId, @English, @French, @Start, @End, @OccurTime)
                ON CONFLICT (owner_id, delegation_id, measure_id) DO UPDATE SET title_en = excluded.title_en, title_fr = excluded.title_fr, end_time = NULL)
            SELECT NOT EXISTS (
                       SELECT FROM commitment_breach
                       WHERE owner_id = @OwnerId AND delegation_id = @DelegationId AND (recorded_end = @End OR measure_id = @ObjectId)) AS isfirst,
                   EXISTS (
                       SELECT FROM commitment_breach
                       WHERE owner_id = @OwnerId AND delegation_id = @DelegationId AND recorded_end = @Start::date - 1 AND end_time IS NULL) AS followsanother
            """,
            new
            {
                told.OwnerId,
                told.DelegationId,
                told.DelegateId,
                told.ObjectType,
                told.ObjectId,
                told.OccurTime,
                breach.Title.English,
                breach.Title.French,
                breach.Start,
                breach.End,
            },
            cancellationToken))!;

    public static Task EndBreachAsync(this SystemSession session, JournalEntry told, CancellationToken cancellationToken) => session.ExecuteAsync(
        """
        UPDATE commitment_breach SET end_time = @OccurTime
        WHERE owner_id = @OwnerId AND delegation_id = @DelegationId AND measure_id = @ObjectId AND end_time IS NULL
        """,
        new { told.OwnerId, told.DelegationId, told.ObjectId, told.OccurTime },
        cancellationToken);

    /// <summary>How many breaches became known since the meeting before of the same committee, and are still held to be breaches.</summary>
    public static Task<int> CountBreachesAsync(this TenantSession session, MeetingRow meeting, CancellationToken cancellationToken) => session.FindAsync<int>(
        """
        SELECT count(*)::integer
        FROM commitment_breach b
        WHERE b.owner_id = @OwnerId AND b.delegation_id = @DelegationId AND b.end_time IS NULL AND b.breach_time <= @StartTime AND NOT EXISTS (
            SELECT FROM meeting m
            WHERE m.owner_id = @OwnerId AND m.committee_id = @CommitteeId AND m.state IN ('held', 'confirmed') AND m.start_time >= b.breach_time
              AND m.start_time < @StartTime)
        """,
        new { meeting.OwnerId, meeting.DelegationId, meeting.CommitteeId, meeting.StartTime },
        cancellationToken);
}
