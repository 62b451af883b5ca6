using Delegation.Persistence.Stored;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Time;
using Step = Delegation.Reporting.V1.ImportProgress.Types.Step;

namespace Delegation.Reporting.Imports;

/// <summary>
/// How far an upload is, for whoever asks meanwhile: written each second in a transaction of its own, so that the one that applies the import
/// need not end for it. An upload of less than a second writes nothing.
/// </summary>
internal sealed class UploadProgress : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _over = new();
    private readonly Task _writing;

    public UploadProgress(TenantSessions sessions, Caller caller, ImportRow import, TimeProvider clock, ILogger logger) =>
        _writing = WriteAsync(sessions, caller, import, clock, logger);

    /// <summary>What is being done.</summary>
    public Step Step { get; set; } = Step.Receiving;

    /// <summary>Bytes that came.</summary>
    public long ReceivedBytes { get; set; }

    /// <summary>Lines that were read.</summary>
    public long ReadLines { get; set; }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await _writing;
        _over.Dispose();
    }

    private async Task WriteAsync(TenantSessions sessions, Caller caller, ImportRow import, TimeProvider clock, ILogger logger)
    {
        while (true)
        {
            await Task.Delay(Interval, _over.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (_over.IsCancellationRequested)
                return;

            try
            {
                await SaveAsync(sessions, caller, import, clock);
            }
            catch (Exception failed) when (failed is Npgsql.NpgsqlException or OperationCanceledException)
            {
                // The upload itself meets the same and tells its caller.
                logger.ProgressNotWritten(import.Id, failed);
                return;
            }
        }
    }

    private async Task SaveAsync(TenantSessions sessions, Caller caller, ImportRow import, TimeProvider clock)
    {
        const string Sql =
            """
            INSERT INTO import_progress (owner_id, delegation_id, delegate_id, import_id, step, received_bytes, read_lines, update_time)
            VALUES (@OwnerId, @DelegationId, @DelegateId, @Id, @step, @ReceivedBytes, @ReadLines, @now)
            ON CONFLICT (owner_id, delegation_id, import_id) DO UPDATE
            SET step = excluded.step, received_bytes = excluded.received_bytes, read_lines = excluded.read_lines, update_time = excluded.update_time
            """;

        await using var session = await sessions.OpenAsync(caller, _over.Token);
        await session.ExecuteAsync(
            Sql,
            new { import.OwnerId, import.DelegationId, import.DelegateId, import.Id, step = Step.Stored(), ReceivedBytes, ReadLines, now = clock.GetUtcNow().InMicroseconds() },
            _over.Token);
        await session.CommitAsync(_over.Token);
    }
}
