using Delegation.Persistence.Tenancy;
using Delegation.TestKit;
using Npgsql;
using static Delegation.Persistence.Tests.Tenancy.ServiceWithParties;

namespace Delegation.Persistence.Tests.Tenancy;

public sealed class Memberships(ServiceWithParties parties) : IClassFixture<ServiceWithParties>
{
    [PostgresFact]
    public async Task The_bearer_of_a_token_has_all_memberships_of_that_issuer_and_subject()
    {
        var (subject, person) = (Guid.NewGuid().ToString(), Guid.CreateVersion7());
        await using (var follower = await new SystemSessions(parties.System).OpenAsync())
        {
            await follower.ExecuteAsync(
                """
                INSERT INTO membership VALUES
                    ('https://one', @subject, @Insurer, @person, '{administrator,reader}', 'insurer', 1),
                    ('https://one', @subject, @Tpa, @person, '{reader}', 'delegate', 1),
                    ('https://two', @subject, @OtherInsurer, @person, '{reader}', 'insurer', 1)
                """,
                new { subject, person, Insurer, Tpa, OtherInsurer });
            await follower.CommitAsync();
        }

        await using var session = await parties.Sessions.OpenAsync(Caller.WithoutOrganization(person));
        var found = await session.QueryAsync<Found>(
            "SELECT organization_id AS organizationid, person_id AS personid, roles, side FROM membership_of('https://one', @subject) ORDER BY side", new { subject });

        Assert.Equal([(Tpa, "delegate"), (Insurer, "insurer")], found.Select(row => (row.OrganizationId, row.Side)));
        Assert.Equal(["administrator", "reader"], found[1].Roles);
        Assert.All(found, row => Assert.Equal(person, row.PersonId));
    }

    [PostgresFact]
    public async Task Requests_cannot_read_the_memberships_of_everybody()
    {
        var refused = await Assert.ThrowsAsync<PostgresException>(() => parties.ReadAsync<long>(Insurer, "SELECT count(*) FROM membership"));

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
    }

    private sealed class Found
    {
        public Guid OrganizationId { get; init; }

        public Guid PersonId { get; init; }

        public string[] Roles { get; init; } = [];

        public string Side { get; init; } = "";
    }
}
