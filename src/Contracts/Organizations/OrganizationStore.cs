using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Outcomes;

namespace Delegation.Contracts.Organizations;

/// <summary>Organisations in the database: one statement per call.</summary>
internal static class OrganizationStore
{
    internal const string Select =
        """
        SELECT owner_id AS id, kind, legal_name AS legalname, siren, create_time AS createtime, lei, acpr_number AS acprnumber, orias_number AS oriasnumber,
               foreign_identifiers::text AS foreignidentifiers, departments::text AS departments, revision
        FROM organization
        WHERE owner_id = @id
        """;

    /// <summary>Adds an organisation. The session acts in its name from here on: the policy lets nobody write for another one.</summary>
    public static Task InsertOrganizationAsync(this TenantSession session, OrganizationRow organization, CancellationToken cancellationToken)
    {
        const string Sql =
            """
            INSERT INTO organization (owner_id, kind, legal_name, siren, create_time)
            VALUES (@Id, @Kind, @LegalName, @Siren, @CreateTime)
            """;

        session.ActFor(organization.Id);
        return session.ExecuteAsync(Sql, organization, cancellationToken);
    }

    public static Task UpdateOrganizationAsync(this TenantSession session, OrganizationRow organization, CancellationToken cancellationToken)
    {
        const string Sql =
            """
            UPDATE organization
            SET legal_name = @LegalName, lei = @Lei, acpr_number = @AcprNumber, orias_number = @OriasNumber,
                foreign_identifiers = @ForeignIdentifiers::jsonb, departments = @Departments::jsonb, revision = @Revision
            WHERE owner_id = @Id
            """;

        return session.ExecuteAsync(Sql, organization, cancellationToken);
    }

    public static Task<Outcome<OrganizationRow>> FindOrganizationAsync(this TenantSession session, Guid id, CancellationToken cancellationToken) =>
        session.FindAsync(Select, id, cancellationToken);

    /// <summary>The same, and nobody else changes it before the session ends.</summary>
    public static Task<Outcome<OrganizationRow>> LockOrganizationAsync(this TenantSession session, Guid id, CancellationToken cancellationToken) =>
        session.FindAsync($"{Select}\nFOR NO KEY UPDATE", id, cancellationToken);

    private static async Task<Outcome<OrganizationRow>> FindAsync(this TenantSession session, string sql, Guid id, CancellationToken cancellationToken) =>
        await session.FindAsync<OrganizationRow>(sql, new { id }, cancellationToken) is { } organization
            ? new Outcome<OrganizationRow>.Accepted(organization)
            : new Outcome<OrganizationRow>.NotFound("ORGANIZATION_NOT_FOUND", new("There is no organisation with this id.", "Aucun organisme n'a cet identifiant."));
}
