using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Outcomes;

namespace Delegation.Contracts.Organizations;

/// <summary>Organisations in the database: one statement per call.</summary>
internal static class OrganizationStore
{
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

    public static async Task<Outcome<OrganizationRow>> FindOrganizationAsync(this TenantSession session, Guid id, CancellationToken cancellationToken)
    {
        const string Sql =
            """
            SELECT owner_id AS id, kind, legal_name AS legalname, siren, create_time AS createtime
            FROM organization
            WHERE owner_id = @id
            """;

        return await session.FindAsync<OrganizationRow>(Sql, new { id }, cancellationToken) is { } organization
            ? new Outcome<OrganizationRow>.Accepted(organization)
            : new Outcome<OrganizationRow>.NotFound("ORGANIZATION_NOT_FOUND", new("There is no organisation with this id.", "Aucun organisme n'a cet identifiant."));
    }
}
