using Delegation.Contracts.V1;
using Delegation.Delivery.V1;
using Delegation.TestKit;
using Delegation.TestKit.Access;
using static Delegation.ProjectDelivery.Tests.Preparing;

namespace Delegation.ProjectDelivery.Tests.Portfolio;

/// <summary>The delegations of an organisation at a glance.</summary>
public sealed class Portfolios(DeliveryHost host) : IClassFixture<DeliveryHost>, IDisposable
{
    public void Dispose() => host.Logs.AssertNoErrors();

    [PostgresFact]
    public async Task A_delegation_shows_its_parties_its_project_and_what_waits_for_the_callers_side()
    {
        var (two, action) = await host.Scene.ActionAsync(dueDay: "2026-01-15");
        Open(two, "Santé collective");

        var entry = Assert.Single(await UntilAsync(two.Delegate, entries => entries is [{ LateWorkItems: 1, ProjectId.Length: > 0 }]));

        Assert.Equal(
            (two.DelegationId, "Santé collective", "Mutuelle A", "Gestion B", true, action.ProjectId, ProjectPhase.Launch, 1, 1),
            (entry.DelegationId, entry.Title, entry.InsurerName, entry.DelegateName, entry.Open, entry.ProjectId, entry.ProjectPhase, entry.OpenWorkItems,
                entry.LateWorkItems));
        Assert.Equal(new DateTime(2026, 1, 15, 23, 0, 0, DateTimeKind.Utc), entry.NextDueTime.ToDateTime());

        var seen = Assert.Single(await ListAsync(two.Insurer));
        Assert.Equal((0, 0, null), (seen.OpenWorkItems, seen.LateWorkItems, seen.NextDueTime));
    }

    [PostgresFact]
    public async Task A_change_in_Contracts_shows_and_other_delegations_do_not()
    {
        var two = await host.Scene.DelegationAsync();
        var other = await host.Scene.DelegationAsync();
        Open(other, "Une autre");
        Open(two, "Avant");
        host.Contracts.Tell(two.Parties, new DelegationUpdated { Delegation = Known("Après") }, "delegation", two.Parties.DelegationId, revision: 2);

        var entry = Assert.Single(await UntilAsync(two.Insurer, entries => entries is [{ Title: "Après" }]));

        Assert.Equal(("", ProjectPhase.Unspecified), (entry.ProjectId, entry.ProjectPhase));
    }

    [PostgresFact]
    public async Task A_page_needs_one_statement()
    {
        var two = await host.Scene.DelegationAsync();
        Open(two, "Santé");
        await UntilAsync(two.Insurer, entries => entries.Count == 1);

        using var statements = new StatementRecorder();
        await ListAsync(two.Insurer);

        Assert.Single(statements.Of(host.Database.Name), sql => sql.Contains("portfolio_delegation", StringComparison.Ordinal));
    }

    private void Open(TwoParties two, string title) =>
        host.Contracts.Tell(two.Parties, new DelegationOpened { Delegation = Known(title) }, "delegation", two.Parties.DelegationId);

    private static Contracts.V1.Delegation Known(string title) => new()
    {
        Title = title,
        State = Contracts.V1.Delegation.Types.State.Open,
        Insurer = new DelegationParty { LegalName = "Mutuelle A" },
        Delegate = new DelegationParty { LegalName = "Gestion B" },
    };

    private async Task<IReadOnlyList<PortfolioEntry>> ListAsync(Actor actor) =>
        (await new Delivery.V1.Portfolio.PortfolioClient(host.Scene.As(actor)).ListPortfolioAsync(new ListPortfolioRequest(), deadline: Deadline)).Entries;

    private async Task<IReadOnlyList<PortfolioEntry>> UntilAsync(Actor actor, Func<IReadOnlyList<PortfolioEntry>, bool> holds)
    {
        IReadOnlyList<PortfolioEntry> entries = [];
        await Eventually.Async(async () => holds(entries = await ListAsync(actor)));
        return entries;
    }
}
