using Dapper;
using Delegation.Delivery.V1;
using Delegation.Persistence.Tenancy;
using Delegation.TestKit;
using Delegation.TestKit.Access;
using Delegation.TestKit.Errors;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using static Delegation.ProjectDelivery.Tests.Preparing;
using static Delegation.ProjectDelivery.Tests.Satisfaction.PreparingSatisfaction;

namespace Delegation.ProjectDelivery.Tests.Satisfaction;

public sealed class Satisfaction_of_both_sides(DeliveryHost host) : IClassFixture<DeliveryHost>, IDisposable
{
    private const string Secret = "PLANTED-UNSHARED-SATISFACTION";

    public void Dispose() => host.Logs.AssertNoErrors();

    [PostgresFact]
    public async Task Each_side_reads_its_own_at_once_and_both_once_both_have_given_theirs()
    {
        var two = await host.Scene.ManagersAsync();
        var mine = await SatisfactionsAs(host.Scene, two.Insurer).GiveSatisfactionAsync(Giving(two, ThisYear, 2, Secret), deadline: Deadline);
        await WaitsAsync(two.Delegate, 1);

        Assert.Equal((mine, null), await ReadAsync(two, two.Insurer));
        Assert.Equal((null, null), await ReadAsync(two, two.Delegate));
        Assert.Null(mine.ShareTime);

        await SatisfactionsAs(host.Scene, two.Delegate).GiveSatisfactionAsync(Giving(two, ThisYear, 4), deadline: Deadline);
        await Eventually.Async(async () => (await ReadAsync(two, two.Delegate)).Insurer is not null);

        var (insurer, @delegate) = await ReadAsync(two, two.Delegate);
        Assert.Equal((insurer, @delegate), await ReadAsync(two, two.Insurer));
        Assert.Equal((2, Secret, 4), (insurer!.Scores[0].Score, insurer.Scores[0].Comment, @delegate!.Scores[0].Score));
        Assert.Equal(insurer.ShareTime, @delegate.ShareTime);
        await WaitsAsync(two.Delegate, 0);
    }

    [PostgresFact]
    public async Task One_that_is_given_after_the_period_is_over_is_shared_at_once()
    {
        var two = await host.Scene.ManagersAsync();
        await SatisfactionsAs(host.Scene, two.Delegate).GiveSatisfactionAsync(Giving(two, LastMonth, 1), deadline: Deadline);

        await Eventually.Async(async () => (await ReadAsync(two, two.Insurer, LastMonth)).Delegate is not null);
        var shared = (await ReadAsync(two, two.Delegate, LastMonth)).Delegate!;
        var request = Giving(two, LastMonth, 5);
        request.Etag = shared.Etag;
        var refused = await Refusals.ThrownBy(SatisfactionsAs(host.Scene, two.Delegate).GiveSatisfactionAsync(request, deadline: Deadline));

        Assert.Equal("SATISFACTION_SHARED", refused.Reason());
    }

    [PostgresFact]
    public async Task What_one_side_gave_is_shared_when_the_period_ends()
    {
        await using var moved = await MovedHost.StartAsync("2027-03-31T21:30:00Z");
        var scene = moved.Host.Scene;
        var two = await scene.ManagersAsync();
        await SatisfactionsAs(scene, two.Insurer).GiveSatisfactionAsync(Giving(two, "2027-T1", 3), deadline: Deadline);
        async Task<SideSatisfaction?> ReadOtherAsync() => (await SatisfactionsAs(scene, two.Delegate).GetSatisfactionAsync(
            new GetSatisfactionRequest { DelegationId = two.DelegationId, Period = "2027-Q1" }, deadline: Deadline)).Insurer;
        Assert.Null(await ReadOtherAsync());

        // Midnight in Paris, in summer time.
        await moved.MoveToAsync("2027-03-31T22:00:05Z");

        await Eventually.Async(async () => await ReadOtherAsync() is not null);
        moved.Host.Logs.AssertNoErrors();
    }

    [PostgresFact]
    public async Task One_that_is_not_shared_may_be_changed_with_its_etag()
    {
        var (two, given) = await host.Scene.GivenAsync();
        var without = await Refusals.ThrownBy(SatisfactionsAs(host.Scene, two.Insurer).GiveSatisfactionAsync(Giving(two, ThisYear, 1), deadline: Deadline));
        var request = Giving(two, ThisYear, 1);
        request.Etag = given.Etag;

        var changed = await SatisfactionsAs(host.Scene, two.Insurer).GiveSatisfactionAsync(request, deadline: Deadline);
        var stale = await Refusals.ThrownBy(SatisfactionsAs(host.Scene, two.Insurer).GiveSatisfactionAsync(request, deadline: Deadline));

        Assert.Equal((given.Id, 1), (changed.Id, changed.Scores[0].Score));
        Assert.Equal(["ETAG_REQUIRED", "ETAG_STALE"], [without.Reason(), stale.Reason()]);
    }

    [PostgresFact]
    public async Task Before_it_is_shared_neither_journal_nor_database_nor_trend_nor_work_list_shows_the_other_side_a_word_of_it()
    {
        var two = await host.Scene.ManagersAsync();
        await SatisfactionsAs(host.Scene, two.Insurer).GiveSatisfactionAsync(Giving(two, ThisYear, 2, Secret), deadline: Deadline);
        await WaitsAsync(two.Delegate, 1);

        await using var connection = new NpgsqlConnection(host.Database.AdminConnectionString);
        var entries = (await connection.QueryAsync<(string ObjectType, string Visibility, byte[] Payload)>(
            "SELECT object_type, visibility, payload FROM journal WHERE delegation_id = @DelegationId", new { two.Parties.DelegationId })).ToArray();
        Assert.DoesNotContain(entries, entry => entry.Payload.AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(Secret)) >= 0);
        Assert.Equal("insurer", Assert.Single(entries, entry => entry.ObjectType == "satisfaction").Visibility);
        foreach (var (organization, seen) in new[] { (two.Parties.OwnerId, 1), (two.Parties.DelegateId, 0) })
        {
            await using var session = await host.Services.GetRequiredService<TenantSessions>().OpenAsync(new Caller(organization, Guid.CreateVersion7(), new HashSet<string>()));
            Assert.Equal(seen, await session.FindAsync<int>("SELECT count(*)::int FROM satisfaction WHERE delegation_id = @DelegationId", new { two.Parties.DelegationId }));
        }

        var trend = await SatisfactionsAs(host.Scene, two.Delegate).GetSatisfactionTrendAsync(
            new GetSatisfactionTrendRequest { DelegationId = two.DelegationId, FirstPeriod = ThisYear, LastPeriod = ThisYear }, deadline: Deadline);
        Assert.Empty(trend.Measures);
    }

    [PostgresFact]
    public async Task All_that_is_wrong_with_one_is_named_at_once()
    {
        var two = await host.Scene.ManagersAsync();
        var request = new GiveSatisfactionRequest
        {
            DelegationId = two.DelegationId,
            Period = "2026-13",
            Scores =
            {
                new SatisfactionScore { Theme = SatisfactionTheme.Quality, Score = 6 }, new SatisfactionScore { Theme = SatisfactionTheme.Quality, Score = 1 },
                new SatisfactionScore { Score = 0 },
            },
        };

        var refusal = await Refusals.ThrownBy(SatisfactionsAs(host.Scene, two.Insurer).GiveSatisfactionAsync(request, deadline: Deadline));

        Assert.Equal(
            [
                ("period", "PERIOD_MALFORMED"), ("scores[0].score", "SCORE_OUT_OF_RANGE"), ("scores[1].theme", "THEME_TWICE"), ("scores[2].theme", "THEME_REQUIRED"),
                ("scores[2].score", "SCORE_OUT_OF_RANGE"),
            ],
            refusal.Violations());
    }

    private async Task<(SideSatisfaction? Insurer, SideSatisfaction? Delegate)> ReadAsync(TwoParties two, Actor actor, string? period = null)
    {
        var read = await SatisfactionsAs(host.Scene, actor).GetSatisfactionAsync(
            new GetSatisfactionRequest { DelegationId = two.DelegationId, Period = period ?? ThisYear }, deadline: Deadline);
        return (read.Insurer, read.Delegate);
    }

    private Task WaitsAsync(Actor actor, int count) => Eventually.Async(async () =>
        (await new Delivery.V1.WorkList.WorkListClient(host.Scene.As(actor)).ListWorkItemsAsync(new ListWorkItemsRequest(), deadline: Deadline))
        .WorkItems.Count(item => item.Kind == "satisfaction.give") == count);
}
