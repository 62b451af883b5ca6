using Delegation.Contracts.V1;
using Delegation.Persistence.Commands;
using Delegation.Persistence.Tenancy;
using Delegation.Persistence.Tests.Tenancy;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Outcomes;
using Delegation.TestKit;
using FsCheck;
using FsCheck.Fluent;
using Grpc.Core;
using static Delegation.Persistence.Tests.Tenancy.ServiceWithParties;

namespace Delegation.Persistence.Tests.Commands;

/// <summary>The command of these tests adds a profile to the caller's organisation, which can have one; its answer has a new id each time.</summary>
public sealed class Running_a_command(ServiceWithParties parties) : IClassFixture<ServiceWithParties>
{
    private const string Method = "/test/Register";
    private static readonly LocalizedText Text = new("No.", "Non.");

    private readonly CommandRunner _commands = new(parties.Sessions, TimeProvider.System);

    [PostgresFact]
    public async Task A_retry_gets_the_first_answer_and_changes_nothing()
    {
        var (caller, request) = (Somebody(), Request());
        var first = await RunAsync(caller, request);

        Assert.Equal(first, await RunAsync(caller, request));
        Assert.Equal(1, await ProfilesAsync(caller));
    }

    [PostgresFact]
    public async Task The_same_id_with_another_request_is_refused()
    {
        var (caller, request) = (Somebody(), Request());
        await RunAsync(caller, request);

        var refused = await RefusalAsync(caller, new RegisterOrganizationRequest(request) { LegalName = "Other" });

        Assert.Equal((StatusCode.AlreadyExists, "IDEMPOTENCY_KEY_REUSED"), refused);
    }

    [PostgresFact]
    public async Task The_same_id_of_another_person_organisation_or_method_is_another_request()
    {
        var (caller, request) = (Somebody(), Request());
        var first = await RunAsync(caller, request);

        Caller[] others = [Somebody(), caller with { OrganizationId = Guid.CreateVersion7() }];
        foreach (var other in others)
            Assert.NotEqual(first.Id, (await RunAsync(other, request)).Id);

        Assert.NotEqual(first.Id, (await RunAsync(caller, request, "/test/Other", (_, _) => Accepted())).Id);
        Assert.NotEqual(
            first.Id,
            (await RunAsync(caller with { PersonId = Guid.CreateVersion7() }, new RegisterOrganizationRequest(request) { LegalName = "Other" }, Method, (_, _) => Accepted())).Id);
    }

    [PostgresTheory]
    [InlineData("invalid", StatusCode.InvalidArgument, "INVALID_FIELDS")]
    [InlineData("not found", StatusCode.NotFound, "NOT_THERE")]
    [InlineData("refused", StatusCode.FailedPrecondition, "NOT_NOW")]
    [InlineData("stale", StatusCode.Aborted, "ETAG_STALE")]
    [InlineData("conflict", StatusCode.AlreadyExists, "THERE_ALREADY")]
    public async Task What_is_not_accepted_writes_nothing_and_its_retry_is_decided_anew(string outcome, StatusCode status, string reason)
    {
        var (caller, request) = (Somebody(), Request());

        var refused = await RefusalAsync(caller, request, async (session, cancellationToken) =>
        {
            await AddProfileAsync(session, cancellationToken);
            return Outcome(outcome);
        });

        Assert.Equal((status, reason), refused);
        Assert.Equal(0, await ProfilesAsync(caller));
        await RunAsync(caller, request);
        Assert.Equal(1, await ProfilesAsync(caller));
    }

    [PostgresFact]
    public async Task A_command_that_fails_is_not_remembered_as_done()
    {
        var (caller, request) = (Somebody(), Request());

        await Assert.ThrowsAsync<TimeoutException>(() => RunAsync(caller, request, Method, async (session, cancellationToken) =>
        {
            await AddProfileAsync(session, cancellationToken);
            throw new TimeoutException();
        }));

        Assert.Equal(0, await ProfilesAsync(caller));
        await RunAsync(caller, request);
        Assert.Equal(1, await ProfilesAsync(caller));
    }

    [PostgresFact]
    public async Task Two_at_once_run_once()
    {
        var (caller, request) = (Somebody(), Request());
        var runs = 0;

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => RunAsync(caller, request, Method, async (session, cancellationToken) =>
        {
            Interlocked.Increment(ref runs);
            await session.ExecuteAsync("SELECT pg_sleep(0.1)", null, cancellationToken);
            return await AddAndAnswerAsync(session, cancellationToken);
        })))).Within(30);

        Assert.Equal(1, runs);
        Assert.Single(answers.Distinct());
    }

    [PostgresFact]
    public async Task Without_an_id_each_call_is_a_new_request()
    {
        var (caller, request) = (Somebody(), new RegisterOrganizationRequest { LegalName = "MGEN" });

        Assert.NotEqual((await RunAsync(caller, request, Method, (_, _) => Accepted())).Id, (await RunAsync(caller, request, Method, (_, _) => Accepted())).Id);
    }

    [PostgresFact]
    public async Task An_id_that_is_no_uuid_is_refused() =>
        Assert.Equal((StatusCode.InvalidArgument, "INVALID_FIELDS"), await RefusalAsync(Somebody(), new RegisterOrganizationRequest { RequestId = "first" }));

    [PostgresFact]
    public async Task The_answer_is_kept_for_who_called_even_when_the_command_acted_for_the_organisation_that_it_founded()
    {
        var (founder, request) = (Caller.WithoutOrganization(Guid.CreateVersion7()), Request());
        Task<Organization> Found() => RunAsync(founder, request, Method, async (session, cancellationToken) =>
        {
            var founded = Guid.CreateVersion7();
            session.ActFor(founded);
            await session.ExecuteAsync("INSERT INTO profile VALUES (@founded, 'new')", new { founded }, cancellationToken);
            return new Outcome<Organization>.Accepted(new Organization { Id = founded.ToString() });
        });

        Assert.Equal(await Found(), await Found());
    }

    /// <summary>Requests of several callers, each sent several times, all at once, some of them failing before they succeed.</summary>
    [PostgresFact]
    public void Any_interleaving_of_retries_has_one_effect_and_one_answer() =>
        Prop.ForAll(Gen.Choose(0, 5).Zip(Gen.Choose(0, 3)).NonEmptyListOf().ToArbitrary(), calls =>
        {
            var requests = Enumerable.Range(0, 6).Select(_ => (Caller: Somebody(), Request: Request())).ToArray();
            var sent = calls.Take(16).ToArray();

            var answers = Task.WhenAll(sent.Select(call => Task.Run(() => CallAsync(requests[call.Item1], call.Item2)))).Within(60).GetAwaiter().GetResult();

            foreach (var group in sent.Zip(answers).GroupBy(pair => pair.First.Item1, pair => pair.Second))
            {
                var succeeded = group.OfType<Organization>().ToArray();
                Assert.True(succeeded.Distinct().Count() <= 1);
                Assert.Equal(Math.Min(1, succeeded.Length), ProfilesAsync(requests[group.Key].Caller).GetAwaiter().GetResult());
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(15));

    /// <summary>Fails after it wrote when <paramref name="fate"/> is 0; the answer is null then.</summary>
    private async Task<Organization?> CallAsync((Caller Caller, RegisterOrganizationRequest Request) call, int fate)
    {
        try
        {
            return await RunAsync(call.Caller, call.Request, Method, async (session, cancellationToken) =>
            {
                var outcome = await AddAndAnswerAsync(session, cancellationToken);
                return fate == 0 ? Outcome("refused") : outcome;
            });
        }
        catch (RpcException)
        {
            return null;
        }
    }

    private Task<Organization> RunAsync(Caller caller, RegisterOrganizationRequest request) => RunAsync(caller, request, Method, AddAndAnswerAsync);

    private Task<Organization> RunAsync(
        Caller caller, RegisterOrganizationRequest request, string method, Func<TenantSession, CancellationToken, Task<Outcome<Organization>>> command) =>
        _commands.RunAsync(caller, request, method, command, CancellationToken.None);

    private async Task<(StatusCode, string)> RefusalAsync(
        Caller caller, RegisterOrganizationRequest request, Func<TenantSession, CancellationToken, Task<Outcome<Organization>>>? command = null)
    {
        var refused = await Assert.ThrowsAnyAsync<RpcException>(() => RunAsync(caller, request, Method, command ?? AddAndAnswerAsync));
        return (refused.StatusCode, Assert.IsType<RefusedException>(refused).Refusal.Reason);
    }

    private static async Task<Outcome<Organization>> AddAndAnswerAsync(TenantSession session, CancellationToken cancellationToken)
    {
        await AddProfileAsync(session, cancellationToken);
        return await Accepted();
    }

    private static Task<int> AddProfileAsync(TenantSession session, CancellationToken cancellationToken) =>
        session.ExecuteAsync("INSERT INTO profile VALUES (@OrganizationId, 'new')", new { session.Caller.OrganizationId }, cancellationToken);

    private static Task<Outcome<Organization>> Accepted() =>
        Task.FromResult<Outcome<Organization>>(new Outcome<Organization>.Accepted(new Organization { Id = Guid.CreateVersion7().ToString() }));

    private static Outcome<Organization> Outcome(string kind) => kind switch
    {
        "invalid" => new Outcome<Organization>.Invalid(new FieldViolation("siren", "SIREN_REQUIRED", Text)),
        "not found" => new Outcome<Organization>.NotFound("NOT_THERE", Text),
        "refused" => new Outcome<Organization>.Refused("NOT_NOW", Text),
        "stale" => new Outcome<Organization>.Stale(),
        _ => new Outcome<Organization>.Conflict("THERE_ALREADY", Text),
    };

    private Task<long> ProfilesAsync(Caller caller) => parties.ReadAsync<long>(caller.OrganizationId, "SELECT count(*) FROM profile");

    private static Caller Somebody() => CallerOf(Guid.CreateVersion7());

    private static RegisterOrganizationRequest Request() => new() { LegalName = "MGEN", RequestId = Guid.NewGuid().ToString() };
}
