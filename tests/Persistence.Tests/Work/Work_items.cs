using Dapper;
using Delegation.Access.V1;
using Delegation.Journal.V1;
using Delegation.Persistence.Tenancy;
using Delegation.Persistence.Tests.Tenancy;
using Delegation.Persistence.Work;
using Delegation.ServiceDefaults.Errors;
using Delegation.TestKit;
using Npgsql;
using static Delegation.Persistence.Tests.Tenancy.ServiceWithParties;

namespace Delegation.Persistence.Tests.Work;

public sealed class Work_items(ServiceWithParties parties) : IClassFixture<ServiceWithParties>
{
    private static readonly LocalizedText Title = new("Validate the scope", "Valider le périmètre");

    private readonly MovableClock _clock = new();
    private readonly WorkItemKey _key = new("scope.validate", "scope_version", Guid.CreateVersion7(), Side.Delegate);

    [PostgresFact]
    public async Task Opening_writes_one_entry_that_says_what_waits_for_whom_until_when()
    {
        await OpenAsync(Insurer, Work() with { DueDay = new DateOnly(2026, 3, 31) });

        var (type, payload) = Assert.Single(await EntriesAsync());
        Assert.Equal("delegation.journal.v1.WorkItemOpened", type);
        Assert.Equal(
            new WorkItem
            {
                Id = _key.Id.ToString(),
                Kind = "scope.validate",
                Side = Side.Delegate,
                Roles = { Role.DelegationManager, Role.ProjectLead },
                Object = new WorkItemObject { Type = "scope_version", Id = _key.ObjectId.ToString() },
                DueDay = "2026-03-31",
                TitleEn = "Validate the scope",
                TitleFr = "Valider le périmètre",
            },
            WorkItemOpened.Parser.ParseFrom(payload).WorkItem);
    }

    [PostgresFact]
    public async Task What_is_open_so_already_is_not_opened_again_and_what_changed_is_told()
    {
        await OpenAsync(Insurer, Work());
        await OpenAsync(Tpa, Work());
        Assert.Single(await EntriesAsync());

        await OpenAsync(Tpa, Work() with { DueTime = _clock.GetUtcNow() });
        Assert.Equal(2, (await EntriesAsync()).Count);
    }

    [PostgresFact]
    public async Task What_is_open_is_closed_once_and_may_be_opened_again()
    {
        await CloseAsync(Tpa);
        Assert.Empty(await EntriesAsync());

        await OpenAsync(Insurer, Work());
        await CloseAsync(Tpa);
        await CloseAsync(Insurer);
        await OpenAsync(Insurer, Work());

        Assert.Equal(["WorkItemOpened", "WorkItemClosed", "WorkItemOpened"], (await EntriesAsync()).Select(entry => entry.Type.Split('.')[^1]));
    }

    [PostgresFact]
    public async Task Due_work_opens_and_closes_without_a_caller()
    {
        foreach (var change in new Func<SystemSession, Task>[] { session => session.OpenWorkItemAsync(Work(), _clock), session => session.CloseWorkItemAsync(_key, _clock) })
        {
            await using var session = await new SystemSessions(parties.System).OpenAsync();
            await change(session);
            await session.CommitAsync();
        }

        Assert.Equal(2, (await EntriesAsync()).Count);
    }

    [PostgresFact]
    public async Task A_stranger_neither_sees_nor_closes_it()
    {
        await OpenAsync(Insurer, Work());

        await CloseAsync(OtherTpa);
        Assert.Single(await EntriesAsync());

        await Assert.ThrowsAsync<PostgresException>(() => OpenAsync(OtherTpa, Work()));
    }

    [PostgresFact]
    public async Task Ten_at_once_open_it_once()
    {
        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => OpenAsync(Insurer, Work()))).Within(30);

        Assert.Single(await EntriesAsync());
    }

    [Fact]
    public void Kind_object_and_side_make_the_id_and_nothing_else()
    {
        Assert.Equal(_key.Id, (_key with { }).Id);
        Assert.Equal(
            5,
            new[]
            {
                _key, _key with { Kind = "scope.decide" }, _key with { ObjectType = "letter" }, _key with { ObjectId = Guid.CreateVersion7() }, _key with { Side = Side.Insurer },
            }.Select(key => key.Id).Distinct().Count());
    }

    private OpenWork Work() => new(_key, Insurer, DelegationOf(Insurer, Tpa), Tpa, Title) { Roles = [Role.DelegationManager, Role.ProjectLead] };

    private Task OpenAsync(Guid organization, OpenWork work) => parties.AsAsync(organization, session => session.OpenWorkItemAsync(work, _clock));

    private Task CloseAsync(Guid organization) => parties.AsAsync(organization, session => session.CloseWorkItemAsync(_key, _clock));

    private async Task<IReadOnlyList<(string Type, byte[] Payload)>> EntriesAsync()
    {
        await using var administrator = await parties.Service.AdministratorAsync();
        return [.. await administrator.QueryAsync<(string, byte[])>(
            "SELECT event_type, payload FROM journal WHERE object_type = 'work_item' AND object_id = @Id ORDER BY revision", new { _key.Id })];
    }
}
