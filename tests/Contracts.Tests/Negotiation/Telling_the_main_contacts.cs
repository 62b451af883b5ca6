using System.Globalization;
using Dapper;
using Delegation.Access.V1;
using Delegation.Contracts.V1;
using Delegation.Journal.V1;
using Delegation.Persistence.Access;
using Delegation.TestKit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Delegation.Contracts.Tests.Negotiation;

/// <summary>A stall stands on the work lists of the main contacts of both sides until the review moves.</summary>
public sealed class Telling_the_main_contacts(ContractsHost host) : IClassFixture<ContractsHost>, IDisposable
{
    public void Dispose() => host.Logs.AssertNoErrors();

    [PostgresFact]
    public async Task Each_side_reads_which_department_is_silent_until_it_moves()
    {
        var two = await TwoSides.NegotiateAsync(host, "OBJ-1");
        await NameMainContactAsync(two, insurer: true);
        var clause = (await two.ClausesAsync())[0];
        foreach (var department in TwoSides.Departments)
        {
            await two.ApproveAsync(clause, insurer: true, department);
            if (department != ReviewDepartment.Compliance)
                await two.ApproveAsync(clause, insurer: false, department);
        }

        MoveClock(TimeSpan.FromDays(11));
        var items = Array.Empty<WorkItem>();
        await Eventually.Async(async () => (items = await StallsAsync(two)).Length == 2);

        var ofInsurer = items.Single(item => item.Side == Side.Insurer);
        Assert.Equal(new Person(host.Issuer.Authority, two.Parties.InsurerSubject).Id.ToString(), ofInsurer.PersonId);
        Assert.Equal("Convention de délégation est bloqué : conformité du délégataire (1)", ofInsurer.TitleFr);

        // Nobody is named there: whoever answers for the delegation is told.
        var ofDelegate = items.Single(item => item.Side == Side.Delegate);
        Assert.Equal(("", Role.DelegationManager), (ofDelegate.PersonId, Assert.Single(ofDelegate.Roles)));

        var forecast = await two.ForecastAsync();
        var stalled = Assert.Single(forecast.Stalled);
        Assert.Equal((Side.Delegate, ReviewDepartment.Compliance, Side.Delegate, 11), (stalled.Side, stalled.Department, stalled.PenSide, stalled.AgeDays));
        Assert.Equal(stalled, forecast.Slowest);

        await two.ApproveAsync(clause, insurer: false, ReviewDepartment.Compliance);
        Assert.Empty(await StallsAsync(two));
        Assert.Empty((await two.ForecastAsync()).Stalled);
    }

    private async Task<WorkItem[]> StallsAsync(TwoSides two)
    {
        var open = new Dictionary<string, WorkItem>();
        foreach (var entry in await host.EntriesOfAsync(two.Parties.Insurer.Id))
        {
            if (entry.Event is WorkItemOpened { WorkItem.Kind: "contract.stall" } opened)
                open[opened.WorkItem.Id] = opened.WorkItem;
            else if (entry.Event is WorkItemClosed closed)
                open.Remove(closed.WorkItemId);
        }

        return [.. open.Values];
    }

    private async Task NameMainContactAsync(TwoSides two, bool insurer)
    {
        var subject = two.Subject(insurer);
        await using (var connection = new NpgsqlConnection(host.Database.AdminConnectionString))
            await connection.ExecuteAsync("UPDATE member SET display_name = 'Claire Martin', email = 'claire.martin@example.org' WHERE subject = @subject", new { subject });

        var client = new V1.Contacts.ContactsClient(host.As(subject));
        var none = await client.GetContactsAsync(new GetContactsRequest { DelegationId = two.Delegation.Id }, deadline: TwoSides.Deadline);
        var oneself = await host.OneselfAsync(subject);
        await client.SetContactsAsync(
            new SetContactsRequest { DelegationId = two.Delegation.Id, Main = new NamedContact { MemberId = oneself.Id }, Etag = none.Etag }, deadline: TwoSides.Deadline);
    }

    private void MoveClock(TimeSpan offset)
    {
        var configuration = (IConfigurationRoot)host.Services.GetRequiredService<IConfiguration>();
        configuration["Clock:Offset"] = offset.ToString("c", CultureInfo.InvariantCulture);
        configuration.Reload();
    }
}
