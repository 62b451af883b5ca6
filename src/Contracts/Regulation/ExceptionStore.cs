using Delegation.Contracts.Delegations;
using Delegation.Persistence.Tenancy;

namespace Delegation.Contracts.Regulation;

/// <summary>Exceptions in the database. Whoever writes holds the lock of the delegation.</summary>
internal static class ExceptionStore
{
    /// <summary>All of a delegation: one for each requirement at most.</summary>
    public static Task<IReadOnlyList<ExceptionRow>> ListExceptionsAsync(this TenantSession session, SharedDelegation delegation, CancellationToken cancellationToken)
    {
        const string Sql =
            """
            SELECT exception_id AS id, requirement_id AS requirementid, kind, motive, until_day AS untilday, person_id AS personid, create_time AS createtime
            FROM requirement_exception
            WHERE owner_id = @InsurerId AND delegation_id = @Id
            ORDER BY requirement_id
            """;

        return session.QueryAsync<ExceptionRow>(Sql, new { delegation.InsurerId, delegation.Id }, cancellationToken);
    }

    public static Task InsertExceptionAsync(this TenantSession session, SharedDelegation delegation, ExceptionRow row, CancellationToken cancellationToken)
    {
        const string Sql =
            """
            INSERT INTO requirement_exception (owner_id, delegation_id, delegate_id, requirement_id, exception_id, kind, motive, until_day, person_id, create_time)
            VALUES (@InsurerId, @delegationId, @DelegateId, @RequirementId, @Id, @Kind, @Motive, @UntilDay, @PersonId, @CreateTime)
            """;

        return session.ExecuteAsync(
            Sql,
            new
            {
                delegation.InsurerId, delegationId = delegation.Id, delegation.DelegateId, row.RequirementId, row.Id, row.Kind, row.Motive, row.UntilDay,
                row.PersonId, row.CreateTime,
            },
            cancellationToken);
    }

    public static Task DeleteExceptionAsync(this TenantSession session, SharedDelegation delegation, Guid id, CancellationToken cancellationToken) =>
        session.ExecuteAsync(
            "DELETE FROM requirement_exception WHERE owner_id = @InsurerId AND delegation_id = @delegationId AND exception_id = @id",
            new { delegation.InsurerId, delegationId = delegation.Id, id },
            cancellationToken);
}
