using Delegation.Access.V1;
using Delegation.Journal.V1;
using Delegation.Persistence.Access;
using Delegation.TestKit;
using Delegation.TestKit.Tokens;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Api = Delegation.Journal.V1.Journal;

namespace Delegation.Persistence.Tests.Access;

public sealed class The_rules_of_a_service
{
    [Fact]
    public async Task A_service_with_an_rpc_that_does_not_say_who_may_call_does_not_start()
    {
        await using var application = Application("http://issuer.test", app => app.MapGrpcService<Unruled>());

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => application.StartAsync().Within(20));

        Assert.Contains("/grpc.health.v1.Health/Check: nobody may call it.", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_service_without_an_issuer_does_not_start()
    {
        var refused = Assert.Throws<InvalidOperationException>(() => Application(authority: "", _ => { }));

        Assert.Contains("Authentication:Authority", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rules_that_cannot_be_meant_are_found()
    {
        AccessRule[] wrong =
        [
            new(),
            new() { BothSides = true },
            new() { AnyRole = true },
            new() { AnyRole = true, Roles = { Role.Legal }, Side = Side.Either },
            new() { Roles = { Role.Unspecified }, Side = Side.Either },
            new() { Roles = { (Role)99 }, Side = Side.Either },
            new() { AnyRole = true, Side = Side.Either, AnonymousOrganization = true },
            new() { AnyRole = true, Side = Side.Insurer, BothSides = true },
        ];
        AccessRule[] right =
        [
            new() { AnyRole = true, Side = Side.Either },
            new() { Roles = { Role.Legal, Role.Signatory }, Side = Side.Insurer },
            new() { Roles = { Role.Signatory }, Side = Side.Either, BothSides = true },
            new() { AnonymousOrganization = true },
            new() { System = true },
            new() { AnyRole = true, Side = Side.Either, System = true },
        ];

        Assert.DoesNotContain(null, wrong.Select(AccessRules.Problem));
        Assert.All(right, rule => Assert.Null(AccessRules.Problem(rule)));
    }

    [Fact]
    public async Task What_is_for_services_is_open_to_their_clients_and_to_no_person()
    {
        await using var issuer = await TestIssuer.StartAsync();
        await using var application = Application(issuer.Authority, app => app.MapGrpcService<Followed>());
        await application.StartAsync().Within(20);
        using var channel = GrpcChannel.ForAddress(application.Urls.First());
        var journal = new Api.JournalClient(channel);

        Assert.Equal(StatusCode.OK, await FollowAsync(journal, issuer.Token("delivery", clientId: "delivery")));
        Assert.Equal(StatusCode.PermissionDenied, await FollowAsync(journal, issuer.Token("delivery", clientId: "somebody's browser")));
        Assert.Equal(StatusCode.Unauthenticated, await FollowAsync(journal, "nonsense"));
    }

    private static async Task<StatusCode> FollowAsync(Api.JournalClient journal, string token)
    {
        using var call = journal.Follow(new FollowRequest(), new Metadata { { "authorization", $"Bearer {token}" } }, DateTime.UtcNow.AddSeconds(20));
        try
        {
            while (await call.ResponseStream.MoveNext(default).Within(20))
            {
            }

            return StatusCode.OK;
        }
        catch (RpcException refused)
        {
            return refused.StatusCode;
        }
    }

    private static WebApplication Application(string authority, Action<WebApplication> map)
    {
        var builder = WebApplication.CreateSlimBuilder(
            ["--environment=Development", "--GRPC_PORT=0", $"--Authentication:Authority={authority}", "--Authentication:SystemClients:0=delivery"]);
        builder.AddServiceDefaults();
        builder.Logging.ClearProviders();
        // Nothing here asks the database: services have no memberships.
        builder.Services.AddSingleton(NpgsqlDataSource.Create("Host=nowhere.test"));
        builder.AddAccess();
        var application = builder.Build();
        map(application);
        return application;
    }

    private sealed class Unruled : Grpc.Health.V1.Health.HealthBase;

    private sealed class Followed : Api.JournalBase
    {
        public override Task Follow(FollowRequest request, IServerStreamWriter<FollowResponse> responseStream, ServerCallContext context) =>
            context.Caller().Roles.Contains(RoleCodes.System) ? Task.CompletedTask : throw new InvalidOperationException();
    }
}
