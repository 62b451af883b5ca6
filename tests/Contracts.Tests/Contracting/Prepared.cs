using Dapper;
using Delegation.Contracts.Annexes;
using Delegation.Contracts.Regulation;
using Delegation.Contracts.V1;
using Npgsql;
using Kind = Delegation.Contracts.V1.DueAnnex.Types.Kind;

namespace Delegation.Contracts.Tests.Contracting;

/// <summary>What a contract needs to be concluded, as the calls about it leave it in the database: hundreds of them would make a test slow.</summary>
internal static class Prepared
{
    /// <summary>All four mandatory annexes approved; of each one version.</summary>
    public static async Task AnnexesAsync(string connectionString, V1.Delegation delegation)
    {
        const string Sql =
            """
            BEGIN;
            INSERT INTO file (owner_id, delegation_id, delegate_id, file_id, visibility, size_bytes, sha256, create_time)
            VALUES (@owner, @id, @tpa, @file, 'both', 1, @sha256, @now);
            INSERT INTO annex (owner_id, delegation_id, delegate_id, annex_id, kind, title, provider, departments, due_day, state, current_version_id, reviews,
                               approved_version_id, create_time, revision)
            VALUES (@owner, @id, @tpa, @annex, @kind, '', 'delegate', '{legal}', '2026-01-01', 'approved', @version, '[]', @version, @now, 1);
            INSERT INTO annex_version (owner_id, delegation_id, delegate_id, annex_id, version_id, file_id, number, side, visibility, file_name, content_type,
                                       size_bytes, sha256, person_id, upload_time, hand_over_time, revision)
            VALUES (@owner, @id, @tpa, @annex, @version, @file, 1, 'delegate', 'both', @name, 'application/pdf', 1, @sha256, @file, @now, @now, 1);
            COMMIT;
            """;

        await using var connection = new NpgsqlConnection(connectionString);
        foreach (var kind in Enum.GetValues<Kind>().Where(AnnexKinds.IsMandatory))
            await connection.ExecuteAsync(Sql, new
            {
                owner = Guid.Parse(delegation.Insurer.OrganizationId), id = Guid.Parse(delegation.Id), tpa = Guid.Parse(delegation.Delegate.OrganizationId),
                annex = Guid.CreateVersion7(), version = Guid.CreateVersion7(), file = Guid.CreateVersion7(), kind = kind.Stored(), now = DateTime.UtcNow,
                sha256 = new string((char)('a' + (int)kind), 64), name = $"{kind}.pdf",
            });
    }

    /// <summary>Evidence for everything that evidence can prove, and an answered questionnaire.</summary>
    public static async Task EvidenceAsync(string connectionString, V1.Delegation delegation)
    {
        const string Evidence =
            """
            INSERT INTO requirement_evidence (owner_id, delegation_id, delegate_id, evidence_id, kind, requirements, title, reference, start_day, person_id, create_time)
            VALUES (@owner, @id, @tpa, @evidence, @kind, @requirements, 'Preuve', '', '2020-01-01', @evidence, @now)
            """;
        const string Questionnaire =
            """
            INSERT INTO regulatory_questionnaire (owner_id, delegation_id, delegate_id, questionnaire_id, answers, person_id, answer_time, revision)
            VALUES (@owner, @id, @tpa, @evidence, '{}', @evidence, @now, 1)
            """;

        object Values(string kind, string[] requirements) => new
        {
            owner = Guid.Parse(delegation.Insurer.OrganizationId), id = Guid.Parse(delegation.Id), tpa = Guid.Parse(delegation.Delegate.OrganizationId),
            evidence = Guid.CreateVersion7(), kind, requirements, now = DateTime.UtcNow,
        };

        await using var connection = new NpgsqlConnection(connectionString);
        await connection.ExecuteAsync(Questionnaire, Values("", []));
        foreach (var kind in RequirementCatalogue.All.Where(CoverageRule.TakesEvidence).GroupBy(requirement => requirement.EvidenceKind))
            await connection.ExecuteAsync(Evidence, Values(kind.Key.Stored(), [.. kind.Select(requirement => requirement.Id)]));
    }

    /// <summary>Every department of both sides approved every clause.</summary>
    public static async Task AgreeAsync(string connectionString, Contract contract)
    {
        const string Sql =
            """
            UPDATE clause_review SET state = 'approved', stall_time = NULL WHERE delegation_id = @delegation AND contract_id = @id;
            UPDATE contract SET state = 'agreed', agree_time = @now WHERE delegation_id = @delegation AND contract_id = @id;
            """;

        await using var connection = new NpgsqlConnection(connectionString);
        await connection.ExecuteAsync(Sql, new { delegation = Guid.Parse(contract.DelegationId), id = Guid.Parse(contract.Id), now = DateTime.UtcNow });
    }
}
