using Delegation.Persistence.Tenancy;
using Delegation.ProjectDelivery.Projects;

namespace Delegation.ProjectDelivery.Phases;

/// <summary>What a criterion of a passed gate found, as the database keeps it.</summary>
internal sealed record PassedCriterion(string Gate, string Code, string State, string FoundEn, string FoundFr, string Evidence, Guid? OverrideId);

/// <summary>Gates in the database: one statement per call, within a project that the caller was found to take part in.</summary>
internal static class GateStore
{
    private const string Columns =
        """
        owner_id AS ownerid, delegation_id AS delegationid, delegate_id AS delegateid, project_id AS projectid, gate_id AS id, gate,
        evidence_sha256 AS evidencesha256, insurer_person_id AS insurerpersonid, insurer_pass_time AS insurerpasstime,
        delegate_person_id AS delegatepersonid, delegate_pass_time AS delegatepasstime, pass_time AS passtime, revision
        """;

    /// <summary>The gates of a project that a side has passed: six at most.</summary>
    public static Task<IReadOnlyList<GateRow>> ListGatesAsync(this TenantSession session, ProjectRow project, CancellationToken cancellationToken) =>
        session.QueryAsync<GateRow>(
            $"SELECT {Columns} FROM gate WHERE owner_id = @OwnerId AND project_id = @Id", new { project.OwnerId, project.Id }, cancellationToken);

    /// <summary>Writes a gate as it is since a side passed it.</summary>
    public static Task SaveGateAsync(this TenantSession session, GateRow gate, CancellationToken cancellationToken) => session.ExecuteAsync(
        """
        INSERT INTO gate (
            owner_id, delegation_id, delegate_id, project_id, gate_id, gate, evidence_sha256, insurer_person_id, insurer_pass_time, delegate_person_id,
            delegate_pass_time, pass_time, revision)
        VALUES (
            @OwnerId, @DelegationId, @DelegateId, @ProjectId, @Id, @Gate, @EvidenceSha256, @InsurerPersonId, @InsurerPassTime, @DelegatePersonId,
            @DelegatePassTime, @PassTime, @Revision)
        ON CONFLICT (owner_id, project_id, gate) DO UPDATE SET
            evidence_sha256 = excluded.evidence_sha256, insurer_person_id = excluded.insurer_person_id, insurer_pass_time = excluded.insurer_pass_time,
            delegate_person_id = excluded.delegate_person_id, delegate_pass_time = excluded.delegate_pass_time, pass_time = excluded.pass_time,
            revision = excluded.revision
        """,
        gate,
        cancellationToken);

    /// <summary>Keeps the evidence on which both sides passed a gate.</summary>
    public static Task InsertEvidenceAsync(this TenantSession session, GateRow gate, GateVerdict verdict, CancellationToken cancellationToken) => session.ExecuteAsync(
        """
        INSERT INTO gate_criterion (
            owner_id, delegation_id, delegate_id, project_id, gate, place, criterion, state, found_en, found_fr, evidence, override_id)
        SELECT @OwnerId, @DelegationId, @DelegateId, @ProjectId, @Gate, c.place, c.criterion, c.state, c.found_en, c.found_fr,
               coalesce(string_to_array(nullif(c.evidence, ''), E'\n'), '{}'), c.override_id
        FROM unnest(@criteria::text[], @states::text[], @english::text[], @french::text[], @evidence::text[], @overrides::uuid[])
            WITH ORDINALITY AS c (criterion, state, found_en, found_fr, evidence, override_id, place)
        """,
        new
        {
            gate.OwnerId,
            gate.DelegationId,
            gate.DelegateId,
            gate.ProjectId,
            gate.Gate,
            criteria = verdict.Criteria.Select(standing => standing.Criterion.Code).ToArray(),
            states = verdict.Criteria.Select(standing => standing.State.Stored()).ToArray(),
            english = verdict.Criteria.Select(standing => standing.Finding.Found.English).ToArray(),
            french = verdict.Criteria.Select(standing => standing.Finding.Found.French).ToArray(),
            evidence = verdict.Criteria.Select(standing => string.Join('\n', standing.Finding.Evidence.Select(answered => answered.Stored))).ToArray(),
            overrides = verdict.Criteria.Select(standing => standing.Covering?.Id).ToArray(),
        },
        cancellationToken);

    /// <summary>The evidence of all passed gates of a project.</summary>
    public static Task<IReadOnlyList<PassedCriterion>> ListEvidenceAsync(this TenantSession session, ProjectRow project, CancellationToken cancellationToken) =>
        session.QueryAsync<PassedCriterion>(
            """
            SELECT gate, criterion AS code, state, found_en AS founden, found_fr AS foundfr, array_to_string(evidence, E'\n') AS evidence, override_id AS overrideid
            FROM gate_criterion
            WHERE owner_id = @OwnerId AND project_id = @Id
            ORDER BY gate, place
            """,
            new { project.OwnerId, project.Id },
            cancellationToken);
}
