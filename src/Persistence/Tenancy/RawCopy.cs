using Npgsql;

namespace Delegation.Persistence.Tenancy;

/// <summary>Rows on their way into a table, in the binary format of COPY. Leaving it without completing it undoes it.</summary>
public sealed class RawCopy : IAsyncDisposable
{
    private readonly NpgsqlRawCopyStream _copy;
    private bool _isComplete;

    internal RawCopy(NpgsqlRawCopyStream copy) => _copy = copy;

    /// <summary>Sends a part of them; a row may go over several.</summary>
    public ValueTask WriteAsync(ReadOnlyMemory<byte> rows, CancellationToken cancellationToken = default) => _copy.WriteAsync(rows, cancellationToken);

    /// <summary>All rows are there.</summary>
    public async Task CompleteAsync(CancellationToken cancellationToken = default)
    {
        await _copy.FlushAsync(cancellationToken);
        _isComplete = true;
        await _copy.DisposeAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_isComplete)
            return;

        _isComplete = true;
        try
        {
            await _copy.CancelAsync();
        }
        catch (Exception gone) when (gone is NpgsqlException or ObjectDisposedException or IOException)
        {
            // The connection is gone, and all that came over it.
        }
    }
}
