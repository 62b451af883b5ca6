using Delegation.Contracts.Delegations;
using Delegation.Contracts.Organizations;
using Delegation.Persistence.Tenancy;
using InsurerKind = Delegation.Contracts.V1.Organization.Types.Kind;

namespace Delegation.Contracts.Regulation;

/// <summary>Answers on regimes in the database. Whoever changes them holds the lock of their delegation.</summary>
internal static class QuestionnaireStore
{
    public static async Task<QuestionnaireRow> FindQuestionnaireAsync(this TenantSession session, SharedDelegation delegation, CancellationToken cancellationToken)
    {
        const string Sql =
            """
            SELECT questionnaire_id AS id, answers::text AS answers, person_id AS personid, answer_time AS answertime, revision
            FROM regulatory_questionnaire
            WHERE owner_id = @InsurerId AND delegation_id = @Id
            """;

        return await session.FindAsync<QuestionnaireRow>(Sql, new { delegation.InsurerId, delegation.Id }, cancellationToken) ?? QuestionnaireRow.None(delegation.Id);
    }

    public static Task SaveQuestionnaireAsync(this TenantSession session, SharedDelegation delegation, QuestionnaireRow row, CancellationToken cancellationToken)
    {
        const string Sql =
            """
            INSERT INTO regulatory_questionnaire (owner_id, delegation_id, delegate_id, questionnaire_id, answers, person_id, answer_time, revision)
            VALUES (@InsurerId, @delegationId, @DelegateId, @Id, @Answers::jsonb, @PersonId, @AnswerTime, @Revision)
            ON CONFLICT (owner_id, delegation_id) DO UPDATE
            SET answers = excluded.answers, person_id = excluded.person_id, answer_time = excluded.answer_time, revision = excluded.revision
            """;

        return session.ExecuteAsync(
            Sql,
            new { delegation.InsurerId, delegationId = delegation.Id, delegation.DelegateId, row.Id, row.Answers, row.PersonId, row.AnswerTime, row.Revision },
            cancellationToken);
    }

    /// <summary>What the insurer of a delegation is.</summary>
    public static async Task<InsurerKind> FindInsurerKindAsync(this TenantSession session, SharedDelegation delegation, CancellationToken cancellationToken) =>
        OrganizationKinds.FromCode((await session.FindAsync<string>("SELECT insurer_kind(@InsurerId, @Id)", new { delegation.InsurerId, delegation.Id }, cancellationToken))!);
}
