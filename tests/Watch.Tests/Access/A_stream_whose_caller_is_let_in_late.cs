using Dapper;
using Delegation.Access.V1;
using Delegation.Archive.V1;
using Delegation.TestKit;
using Grpc.Core;
using Npgsql;

namespace Delegation.Watch.Tests.Access;

/// <summary>A service that just started, or a busy machine: it takes longer to know the caller than a stream stays unopened.</summary>
public sealed class A_stream_whose_caller_is_let_in_late(WatchHost host) : IClassFixture<WatchHost>, IDisposable
{
    public void Dispose() => host.Logs.AssertNoErrors();

    [PostgresFact]
    public async Task It_says_for_whom_it_is_and_comes_whole()
    {
        var (insurer, delegation) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await host.Scene.AddDelegationAsync(insurer, delegation, Guid.CreateVersion7(), "frozen");
        var archives = new Archives.ArchivesClient(host.Scene.As(await host.Scene.MemberAsync(insurer, Side.Insurer, Role.Compliance)));
        var request = new ExportRecordRequest { DelegationId = delegation.ToString() };
        // All that is slow the first time is over.
        using (var first = archives.ExportRecord(request, deadline: Preparing.Deadline))
            await first.ResponseStream.ReadAllAsync().CountAsync();
        await using var administrator = new NpgsqlConnection(host.Database.AdminConnectionString);
        await administrator.OpenAsync();
        var busy = await administrator.BeginTransactionAsync();
        await administrator.ExecuteAsync("LOCK TABLE membership");

        using var call = archives.ExportRecord(request, deadline: Preparing.Deadline);
        var parts = call.ResponseStream.ReadAllAsync().ToListAsync();
        await Task.Delay(TimeSpan.FromSeconds(1));
        await busy.RollbackAsync();

        Assert.NotNull((await parts)[^1].Summary);
        Assert.Equal(insurer.ToString(), (await call.ResponseHeadersAsync).GetValue("organization"));
    }
}
