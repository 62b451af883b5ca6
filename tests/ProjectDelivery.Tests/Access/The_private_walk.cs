using Delegation.ProjectDelivery.Tests.Access.RecordedCalls;
using Delegation.TestKit;
using Delegation.TestKit.Access;

namespace Delegation.ProjectDelivery.Tests.Access;

/// <inheritdoc/>
public sealed class The_private_walk(DeliveryHost host) : PrivateWalkScenario<DeliveryHost, Program>(host, Plantings)
{
    private readonly DeliveryHost _host = host;

    internal static readonly Planting[] Plantings =
    [
        new(
            """
            INSERT INTO escalation_comment
            SELECT owner_id, delegation_id, delegate_id, escalation_id, gen_random_uuid(), @side, @side, @marker, gen_random_uuid(), @now
            FROM escalation
            WHERE owner_id = @owner AND delegation_id = @delegation
            """,
            "escalation_comment"),
        new(
            """
            INSERT INTO satisfaction AS s (
                owner_id, delegation_id, delegate_id, satisfaction_id, period, period_kind, first_day, side, visibility, scores, give_time, revision)
            SELECT owner_id, delegation_id, delegate_id, gen_random_uuid(), to_char(@now, 'YYYY'), 'year', date_trunc('year', @now)::date, @side, @side,
                   jsonb_build_object('scores', jsonb_build_array(jsonb_build_object('theme', 'OVERALL', 'score', 1, 'comment', @marker))), @now, 1
            FROM delegation
            WHERE owner_id = @owner AND delegation_id = @delegation
            ON CONFLICT (owner_id, delegation_id, period, side) DO UPDATE SET scores = excluded.scores WHERE s.share_time IS NULL
            """,
            "satisfaction"),
        new(
            """
            WITH planted AS (
                INSERT INTO file
                SELECT owner_id, delegation_id, delegate_id, gen_random_uuid(), @side, length(@bytes), encode(sha256(@bytes), 'hex'), @now
                FROM delegation
                WHERE owner_id = @owner AND delegation_id = @delegation
                RETURNING *)
            INSERT INTO file_chunk (owner_id, delegation_id, delegate_id, file_id, place, visibility, bytes)
            SELECT owner_id, delegation_id, delegate_id, file_id, 0, visibility, @bytes FROM planted
            """,
            "file", "file_chunk"),
    ];

    [PostgresFact]
    public async Task Around_an_escalation_all_of_it_is_planted()
    {
        var call = new OfEscalations().All.Single(recorded => recorded.Rpc == "ListEscalationComments");

        // A comment, a satisfaction and a file.
        Assert.Equal(3, (await new PrivateWalk(_host.Scene, Plantings).WalkAsync(call)).Planted);
    }
}
