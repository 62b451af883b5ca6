using Delegation.Access.V1;
using Delegation.Persistence.Access;
using Delegation.TestKit.Hosting;
using Delegation.TestKit.Tokens;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;
using Npgsql;

namespace Delegation.TestKit.Access;

/// <summary>
/// Where recorded calls are prepared: a running service with people in it. A service's test project adds what its own objects need as
/// extension methods.
/// </summary>
/// <param name="channel">To the service.</param>
/// <param name="issuer">Whose tokens the service takes.</param>
/// <param name="database">Of the service.</param>
/// <param name="services">What the service is made of.</param>
public sealed class Scene(GrpcChannel channel, TestIssuer issuer, TestDatabase database, IServiceProvider services)
{
    /// <summary>To the service.</summary>
    public GrpcChannel Channel => channel;

    /// <summary>Whose tokens the service takes.</summary>
    public TestIssuer Issuer => issuer;

    /// <summary>Of the service.</summary>
    public TestDatabase Database => database;

    /// <summary>What the service is made of.</summary>
    public IServiceProvider Services => services;

    /// <summary>One of the platform's own services.</summary>
    public Actor System { get; } = new("another-service", ClientId: "a-service");

    /// <summary>Calls of somebody, to prepare with: <c>new Organizations.OrganizationsClient(scene.As(actor))</c>.</summary>
    public CallInvoker As(Actor actor) =>
        channel.Intercept(new Headers([.. actor.Metadata(issuer).Select(entry => (entry.Key, entry.Value))]));

    /// <summary>Somebody who belongs to no organisation.</summary>
    public static Actor Stranger() => new(Guid.NewGuid().ToString());

    /// <summary>A new member of an organisation, known to access alone, as in a service that heard of it from Contracts.</summary>
    public async Task<Actor> MemberAsync(Guid organization, Side side, params Role[] roles)
    {
        var member = new Actor(Guid.NewGuid().ToString(), organization, side);
        await AlsoMemberAsync(member, organization, side, roles);
        return member;
    }

    /// <summary>Makes somebody a member of one more organisation.</summary>
    public async Task AlsoMemberAsync(Actor member, Guid organization, Side side, params Role[] roles)
    {
        await using var command = database.Admin.CreateCommand("INSERT INTO membership VALUES ($1, $2, $3, $4, $5, $6, 1)");
        command.Parameters.AddRange(new NpgsqlParameter[]
        {
            new() { Value = issuer.Authority },
            new() { Value = member.Subject },
            new() { Value = organization },
            new() { Value = new Person(issuer.Authority, member.Subject).Id },
            new() { Value = roles.Select(role => role.Code()).ToArray() },
            new() { Value = side.Code() },
        });
        await command.ExecuteNonQueryAsync();
    }
}
