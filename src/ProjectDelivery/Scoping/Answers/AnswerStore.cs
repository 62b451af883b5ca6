using Delegation.Delivery.V1;
using Delegation.Persistence.Paging;
using Delegation.Persistence.Tenancy;
using Delegation.ProjectDelivery.Projects;
using Delegation.ServiceDefaults.Outcomes;

namespace Delegation.ProjectDelivery.Scoping.Answers;

/// <summary>Answers in the database: one statement per call, within a project that the caller was found to take part in.</summary>
internal static class AnswerStore
{
    private const string Columns =
        """
        owner_id AS ownerid, delegation_id AS delegationid, delegate_id AS delegateid, project_id AS projectid, answer_id AS id, question, version, state,
        side, content, content_sha256 AS contentsha256, insurer_person_id AS insurerpersonid, insurer_consent_time AS insurerconsenttime,
        delegate_person_id AS delegatepersonid, delegate_consent_time AS delegateconsenttime, create_time AS createtime, revision
        """;

    public static Task InsertAnswerAsync(this TenantSession session, AnswerRow answer, CancellationToken cancellationToken) => session.ExecuteAsync(
        """
        INSERT INTO scoping_answer (
            owner_id, delegation_id, delegate_id, project_id, answer_id, question, version, state, side, content, content_sha256, insurer_person_id,
            insurer_consent_time, delegate_person_id, delegate_consent_time, create_time, revision)
        VALUES (
            @OwnerId, @DelegationId, @DelegateId, @ProjectId, @Id, @Question, @Version, @State, @Side, @Content, @ContentSha256, @InsurerPersonId,
            @InsurerConsentTime, @DelegatePersonId, @DelegateConsentTime, @CreateTime, @Revision)
        """,
        answer,
        cancellationToken);

    public static Task UpdateAnswerAsync(this TenantSession session, AnswerRow answer, CancellationToken cancellationToken) => session.ExecuteAsync(
        """
        UPDATE scoping_answer SET
            state = @State, insurer_person_id = @InsurerPersonId, insurer_consent_time = @InsurerConsentTime, delegate_person_id = @DelegatePersonId,
            delegate_consent_time = @DelegateConsentTime, revision = @Revision
        WHERE owner_id = @OwnerId AND project_id = @ProjectId AND answer_id = @Id
        """,
        answer,
        cancellationToken);

    /// <summary>A version of the answer to a question: the latest for 0.</summary>
    public static async Task<Outcome<AnswerRow>> FindAnswerAsync(
        this TenantSession session, ProjectRow project, ScopingQuestion question, int version, CancellationToken cancellationToken) =>
        await session.FindAsync<AnswerRow>(
            $"""
            SELECT {Columns}
            FROM scoping_answer
            WHERE owner_id = @OwnerId AND project_id = @Id AND question = @asked AND (@version = 0 OR version = @version)
            ORDER BY version DESC
            LIMIT 1
            """,
            new { project.OwnerId, project.Id, asked = question.Stored(), version },
            cancellationToken) is { } answer
            ? new Outcome<AnswerRow>.Accepted(answer)
            : new Outcome<AnswerRow>.NotFound(
                "ANSWER_NOT_FOUND", new("This question has no such answer yet.", "Cette question n'a pas encore de telle réponse."));

    /// <summary>The answers in effect, at most one for each question.</summary>
    public static Task<IReadOnlyList<AnswerRow>> ListAnswersInEffectAsync(this DatabaseSession session, ProjectRow project, CancellationToken cancellationToken) =>
        session.QueryAsync<AnswerRow>(
            $"SELECT {Columns} FROM scoping_answer WHERE owner_id = @OwnerId AND project_id = @Id AND state = 'validated' ORDER BY question",
            new { project.OwnerId, project.Id },
            cancellationToken);

    /// <summary>All versions, the newest first, without what they say.</summary>
    public static Task<IReadOnlyList<AnswerRow>> ListAnswersAsync(
        this TenantSession session, ProjectRow project, string? question, PageRequest page, CancellationToken cancellationToken) =>
        session.QueryAsync<AnswerRow>(
            $"""
            SELECT {Columns.Replace(" content,", " ''::bytea AS content,", StringComparison.Ordinal)}
            FROM scoping_answer
            WHERE owner_id = @OwnerId AND project_id = @Id AND (@before::uuid IS NULL OR answer_id < @before) AND (@question::text IS NULL OR question = @question)
            ORDER BY answer_id DESC
            LIMIT @Limit
            """,
            new { project.OwnerId, project.Id, before = page.After?.Id, question, page.Limit },
            cancellationToken);
}
