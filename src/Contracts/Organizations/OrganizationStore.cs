using Dapper;
using Delegation.ServiceDefaults.Outcomes;
using Npgsql;

namespace Delegation.Contracts.Organizations;

/// <summary>Organisations in the database: one statement per call.</summary>
internal sealed class OrganizationStore(NpgsqlDataSource dataSource)
{
    public async Task InsertAsync(OrganizationRow organization, CancellationToken cancellationToken)
    {
        const string Sql =
            """
            INSERT INTO organization (owner_id, kind, legal_name, siren, create_time)
            VALUES (@Id, @Kind, @LegalName, @Siren, @CreateTime)
            """;

        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(Sql, organization, cancellationToken: cancellationToken));
    }

    public async Task<Outcome<OrganizationRow>> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        const string Sql =
            """
            SELECT owner_id AS id, kind, legal_name AS legalname, siren, create_time AS createtime
            FROM organization
            WHERE owner_id = @id
            """;

        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var organization = await connection.QuerySingleOrDefaultAsync<OrganizationRow>(new CommandDefinition(Sql, new { id }, cancellationToken: cancellationToken));

        return organization is null
            ? new Outcome<OrganizationRow>.NotFound("ORGANIZATION_NOT_FOUND", new("There is no organisation with this id.", "Aucun organisme n'a cet identifiant."))
            : new Outcome<OrganizationRow>.Accepted(organization);
    }
}
