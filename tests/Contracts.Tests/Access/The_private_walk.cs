using Delegation.TestKit;
using Delegation.TestKit.Access;

namespace Delegation.Contracts.Tests.Access;

/// <inheritdoc/>
public sealed class The_private_walk(ContractsHost host) : PrivateWalkScenario<ContractsHost, Program>(host, Plantings)
{
    private readonly ContractsHost _host = host;

    internal static readonly Planting[] Plantings =
    [
        new(
            """
            INSERT INTO clause_comment (
                owner_id, delegation_id, delegate_id, contract_id, comment_id, clause_id, side, visibility, text, person_id, create_time)
            SELECT owner_id, delegation_id, delegate_id, contract_id, gen_random_uuid(), clause_id, @side, @side, @marker, gen_random_uuid(), @now
            FROM contract_clause
            WHERE owner_id = @owner AND delegation_id = @delegation
            """,
            "clause_comment"),
        new(
            """
            WITH planted AS (
                INSERT INTO file
                SELECT owner_id, delegation_id, delegate_id, gen_random_uuid(), @side, length(@bytes), encode(sha256(@bytes), 'hex'), @now
                FROM delegation
                WHERE owner_id = @owner AND delegation_id = @delegation
                RETURNING *),
            chunk AS (
                INSERT INTO file_chunk (owner_id, delegation_id, delegate_id, file_id, place, visibility, bytes)
                SELECT owner_id, delegation_id, delegate_id, file_id, 0, visibility, @bytes FROM planted)
            INSERT INTO annex_version (
                owner_id, delegation_id, delegate_id, annex_id, version_id, file_id, number, side, visibility, file_name, content_type, size_bytes, sha256,
                person_id, upload_time, revision)
            SELECT a.owner_id, a.delegation_id, a.delegate_id, a.annex_id, gen_random_uuid(), f.file_id, 0, @side, @side, @marker || '.pdf', 'application/pdf',
                   f.size_bytes, f.sha256, gen_random_uuid(), @now, 1
            FROM annex a
            JOIN planted f ON f.owner_id = a.owner_id AND f.delegation_id = a.delegation_id
            WHERE a.owner_id = @owner AND a.delegation_id = @delegation
            """,
            "file", "file_chunk", "annex_version"),
        new(
            """
            INSERT INTO control_plan (owner_id, delegation_id, delegate_id, plan_id, visibility, year, number, state, document, revision)
            SELECT owner_id, delegation_id, delegate_id, gen_random_uuid(), @side, 2199, 1, 'draft', jsonb_build_object('state', 'DRAFT', 'year', 2199, 'reason', @marker), 1
            FROM delegation
            WHERE owner_id = @owner AND delegation_id = @delegation AND @side = 'insurer'
            """,
            "control_plan"),
        new(
            """
            INSERT INTO yearly_report_version (owner_id, delegation_id, delegate_id, report_id, version_id, visibility, document, revision)
            SELECT owner_id, delegation_id, delegate_id, report_id, gen_random_uuid(), @side, jsonb_build_object('draft', true, 'number', 9, 'reason', @marker), 1
            FROM yearly_report r
            WHERE owner_id = @owner AND delegation_id = @delegation AND @side = 'delegate'
              AND NOT EXISTS (SELECT FROM yearly_report_version v WHERE v.owner_id = r.owner_id AND v.report_id = r.report_id AND v.visibility = 'delegate')
            """,
            "yearly_report_version"),
    ];

    [PostgresFact]
    public async Task Around_a_contract_and_an_annex_all_of_it_is_planted()
    {
        foreach (var rpc in new[] { "ListClauseComments", "ListAnnexVersions" })
        {
            var call = RecordedCall.In(typeof(The_private_walk).Assembly).Values.Single(recorded => recorded.Rpc == rpc);
            Assert.InRange((await new PrivateWalk(_host.Scene, Plantings).WalkAsync(call)).Planted, 1, 1000);
        }
    }
}
