using Dapper;
using Delegation.Persistence.Commands;
using Delegation.Persistence.DueWork;
using Delegation.Persistence.Tenancy;
using Delegation.Persistence.Tests.Tenancy;
using Delegation.TestKit;
using Microsoft.Extensions.Logging;
using Npgsql;
using static Delegation.Persistence.Tests.Tenancy.ServiceWithParties;

namespace Delegation.Persistence.Tests.DueWork;

public sealed class Work_that_is_due(ServiceWithParties parties) : IClassFixture<ServiceWithParties>
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private readonly MovableClock _clock = new();
    private readonly string _kind = $"test.{Guid.NewGuid():N}";
    private LogWatch Log { get; } = new();

    [PostgresFact]
    public async Task It_is_done_once_and_not_before_its_time()
    {
        var work = new RecordedWork(_kind);
        var id = await ScheduleAsync(_clock.GetUtcNow() + Day);
        var queue = Queue(work);

        _clock.Advance(Day - TimeSpan.FromSeconds(1));
        Assert.False(await queue.RunNextAsync(default));

        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.True(await queue.RunNextAsync(default));
        Assert.False(await queue.RunNextAsync(default));
        Assert.Equal(new DueItem(_kind, Insurer, id, _clock.GetUtcNow().UtcDateTime, 0), Assert.Single(work.Done));
    }

    [PostgresFact]
    public async Task Several_processes_share_the_work_and_each_item_is_done_by_one()
    {
        var ids = new List<Guid>();
        for (var i = 0; i < 40; i++)
            ids.Add(await ScheduleAsync(_clock.GetUtcNow()));

        var works = Enumerable.Range(0, 4).Select(_ => new RecordedWork(_kind)).ToArray();
        await Task.WhenAll(works.Select(work => Task.Run(async () =>
        {
            var queue = Queue(work);
            while (await queue.RunNextAsync(default))
            {
            }
        }))).Within(60);

        Assert.Equal(ids.Order(), works.SelectMany(work => work.Done).Select(item => item.ObjectId).Order());
        Log.AssertNoErrors();
    }

    [PostgresFact]
    public async Task Work_that_fails_undoes_what_it_wrote_and_is_tried_again_later()
    {
        var work = new RecordedWork(_kind, failures: 2);
        var id = await ScheduleAsync(_clock.GetUtcNow());
        var queue = Queue(work);

        for (var attempt = 0; attempt < 2; attempt++)
        {
            Assert.True(await queue.RunNextAsync(default));
            Assert.False(await WroteAsync(id));
            Assert.False(await queue.RunNextAsync(default));
            _clock.Advance(DueWorkQueue.PauseAfter(attempt));
        }

        Assert.True(await queue.RunNextAsync(default));
        Assert.True(await WroteAsync(id));
        Assert.Equal(2, Assert.Single(work.Done).Attempts);
        Assert.Equal(2, Log.Entries.Count(entry => entry.EventId.Name == "DueWorkFailed"));
    }

    [Fact]
    public void The_pause_doubles_with_each_failure_up_to_an_hour()
    {
        Assert.Equal([5, 10, 20], Enumerable.Range(0, 3).Select(attempts => DueWorkQueue.PauseAfter(attempts).TotalSeconds));
        Assert.All(Enumerable.Range(10, 1000), attempts => Assert.Equal(TimeSpan.FromHours(1), DueWorkQueue.PauseAfter(attempts)));
    }

    [PostgresFact]
    public async Task Work_of_a_kind_that_nobody_here_knows_waits_for_who_does()
    {
        await ScheduleAsync(_clock.GetUtcNow());

        Assert.False(await Queue(new RecordedWork(_kind + ".other")).RunNextAsync(default));

        Assert.True(await Queue(new RecordedWork(_kind)).RunNextAsync(default));
    }

    [PostgresFact]
    public async Task Work_scheduled_again_has_the_new_time_only()
    {
        var id = await ScheduleAsync(_clock.GetUtcNow());
        await ScheduleAsync(_clock.GetUtcNow() + Day, id);
        var work = new RecordedWork(_kind);

        Assert.False(await Queue(work).RunNextAsync(default));
        _clock.Advance(Day);
        Assert.True(await Queue(work).RunNextAsync(default));
        Assert.False(await Queue(work).RunNextAsync(default));
    }

    [PostgresFact]
    public async Task Cancelled_work_is_not_done()
    {
        var id = await ScheduleAsync(_clock.GetUtcNow());
        await parties.AsAsync(Tpa, session => session.CancelScheduledAsync(_kind, Insurer, DelegationOf(Insurer, Tpa), id));

        Assert.False(await Queue(new RecordedWork(_kind)).RunNextAsync(default));
    }

    [PostgresFact]
    public async Task Either_party_of_a_delegation_may_schedule_for_it_and_nobody_else()
    {
        var delegation = DelegationOf(Insurer, Tpa);
        await parties.AsAsync(Tpa, session => session.ScheduleAsync(_kind, Insurer, delegation, Guid.NewGuid(), _clock.GetUtcNow() + Day));

        foreach (var (stranger, named) in new[] { (OtherTpa, delegation), (Tpa, (Guid?)null), (Insurer, Guid.NewGuid()) })
        {
            var refused = await Assert.ThrowsAsync<PostgresException>(() =>
                parties.AsAsync(stranger, session => session.ScheduleAsync(_kind, Insurer, named, Guid.NewGuid(), _clock.GetUtcNow() + Day)));
            Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
        }
    }

    [PostgresFact]
    public async Task Answers_are_forgotten_after_a_day_and_the_work_schedules_itself_again()
    {
        await using var service = await MadeUpService.CreateAsync();
        await service.MigrateAsync(service.WithPlatform());
        await using var administrator = await service.AdministratorAsync();
        await administrator.ExecuteAsync(
            """
            INSERT INTO idempotency
            SELECT gen_random_uuid(), gen_random_uuid(), 'm', gen_random_uuid(), sha256(''), '', @now - age * interval '1 hour' FROM unnest(ARRAY[1, 23, 25]) age
            """,
            new { now = _clock.GetUtcNow() });
        await using var system = service.DataSource(service.Name + "_system");
        var queue = new DueWorkQueue(new SystemSessions(system), [new ExpiryOfAnswers(_clock)], _clock, Logger());

        Assert.True(await queue.RunNextAsync(default));
        Assert.Equal(2, await administrator.ExecuteScalarAsync<long>("SELECT count(*) FROM idempotency"));
        Assert.False(await queue.RunNextAsync(default));

        _clock.Advance(TimeSpan.FromHours(2));
        Assert.True(await queue.RunNextAsync(default));
        Assert.Equal(1, await administrator.ExecuteScalarAsync<long>("SELECT count(*) FROM idempotency"));
    }

    private async Task<Guid> ScheduleAsync(DateTimeOffset dueTime, Guid? id = null)
    {
        var objectId = id ?? Guid.NewGuid();
        await parties.AsAsync(Insurer, session => session.ScheduleAsync(_kind, Insurer, null, objectId, dueTime));
        return objectId;
    }

    private async Task<bool> WroteAsync(Guid id)
    {
        await using var session = await new SystemSessions(parties.System).OpenAsync();
        return await session.FindAsync<bool>("SELECT EXISTS (SELECT FROM progress WHERE step = @step)", new { step = BitConverter.ToInt32(id.ToByteArray(), 10) });
    }

    private DueWorkQueue Queue(RecordedWork work) => new(new SystemSessions(parties.System), [work], _clock, Logger());

    private ILogger<DueWorkQueue> Logger() => LoggerFactory.Create(logging => logging.AddProvider(Log)).CreateLogger<DueWorkQueue>();
}
