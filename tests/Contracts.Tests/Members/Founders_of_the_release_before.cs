using Dapper;
using Delegation.Access.V1;
using Delegation.Persistence.Access;
using Delegation.TestKit;
using Npgsql;

namespace Delegation.Contracts.Tests.Members;

/// <summary>While a new release starts, a process of the one before registers organisations by the function that it knows.</summary>
public sealed class Founders_of_the_release_before(ContractsHost host) : IClassFixture<ContractsHost>
{
    [PostgresFact]
    public async Task They_are_members_and_administrators_like_all_others()
    {
        var subject = People.Somebody();
        var (id, founder, now) = (Guid.CreateVersion7(), new Person(host.Issuer.Authority, subject), DateTime.UtcNow);
        await using (var connection = new NpgsqlConnection(host.Database.ConnectionStringFor("contracts", "contracts")))
        {
            await connection.OpenAsync();
            await using var transaction = await connection.BeginTransactionAsync();
            await connection.ExecuteAsync(
                """
                CALL act_for(@id, @person);
                INSERT INTO organization (owner_id, kind, legal_name, siren, create_time) VALUES (@id, 'mutual', 'MGEN', '775685399', @now);
                SELECT found_membership(@Issuer, @Subject);
                """,
                new { id, person = founder.Id, founder.Issuer, founder.Subject, now });
            await transaction.CommitAsync();
        }

        var member = await host.OneselfAsync(subject);

        Assert.Equal([Role.Administrator], member.Roles);
        Assert.Equal(7, Guid.Parse(member.Id).Version);
        Assert.InRange(member.CreateTime.ToDateTime(), now.AddMilliseconds(-1), now.AddMilliseconds(1));
        Assert.Equal(member.Id[..8], id.ToString()[..8]);
    }
}
