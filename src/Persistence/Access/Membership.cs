using Delegation.Access.V1;
using Npgsql;

namespace Delegation.Persistence.Access;

/// <summary>One organisation that a person belongs to.</summary>
internal sealed record Membership(Guid OrganizationId, Guid PersonId, IReadOnlySet<string> Roles, Side Side)
{
    /// <summary>True for somebody who was invited to audit and for nothing else.</summary>
    public bool IsAuditor => Roles.Count == 1 && Roles.Contains(AuditorCode);

    private static readonly string AuditorCode = Role.Auditor.Code();
}

/// <summary>
/// Whom a person belongs to, as this service's database knows it at this moment: one statement for each call and no cache, so that
/// whoever was removed a second ago is refused.
/// </summary>
internal sealed class Memberships(NpgsqlDataSource dataSource)
{
    public async Task<IReadOnlyList<Membership>> OfAsync(Person person, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand("SELECT organization_id, person_id, roles, side FROM membership_of($1, $2)");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = person.Issuer });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = person.Subject });

        var memberships = new List<Membership>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            memberships.Add(new Membership(
                reader.GetGuid(0), reader.GetGuid(1), reader.GetFieldValue<string[]>(2).ToHashSet(), RoleCodes.SideOf(reader.GetString(3))));

        return memberships;
    }
}
