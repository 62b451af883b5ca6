using Delegation.TestKit;
using static Delegation.Persistence.Tests.Tenancy.ServiceWithParties;

namespace Delegation.Persistence.Tests.Tenancy;

public sealed class Plans_under_a_policy(ServiceWithParties parties) : IClassFixture<ServiceWithParties>
{
    /// <summary>
    /// A policy that the planner may search by is searched by: it looks up both sides, and sorts all of a party's rows for each page.
    /// </summary>
    [PostgresFact]
    public async Task Rows_are_found_by_the_predicate_of_the_query_and_the_policy_only_checks_them()
    {
        await parties.WriteNoteAsync(Insurer, Insurer, Tpa);
        await using var session = await parties.Sessions.OpenAsync(CallerOf(Insurer));
        await session.ExecuteAsync("SET LOCAL enable_seqscan = off");

        var plan = await session.QueryAsync<string>(
            "EXPLAIN SELECT note_id FROM note WHERE owner_id = @Insurer AND delegation_id = @delegation AND note_id > @Insurer ORDER BY note_id LIMIT 50",
            new { Insurer, delegation = DelegationOf(Insurer, Tpa) });

        Assert.Contains(plan, line => line.Contains("Filter: (COALESCE(", StringComparison.Ordinal));
        var search = Assert.Single(plan, line => line.Contains("Index Cond:", StringComparison.Ordinal));
        Assert.DoesNotContain("current_setting", search, StringComparison.Ordinal);
        Assert.DoesNotContain(plan, line => line.Contains("BitmapOr", StringComparison.Ordinal));
    }
}
