namespace Aspire.Hosting.Local.Servers;

/// <summary>
/// A lock between processes: flock(2) on a file, which is what .NET's file sharing is on Unix. It ends with its holder,
/// however that ends.
/// </summary>
internal sealed class InterProcessLock : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private readonly FileStream _file;

    private InterProcessLock(FileStream file) => _file = file;

    /// <summary>Waits until nobody else holds the lock.</summary>
    /// <exception cref="TimeoutException">Somebody held it all the time.</exception>
    public static Task<InterProcessLock> ExclusiveAsync(string path, TimeSpan limit, CancellationToken cancellationToken) =>
        AcquireAsync(path, FileShare.None, limit, cancellationToken);

    /// <summary>Waits until nobody holds the lock exclusively.</summary>
    /// <exception cref="TimeoutException">Somebody held it so all the time.</exception>
    public static Task<InterProcessLock> SharedAsync(string path, TimeSpan limit, CancellationToken cancellationToken) =>
        AcquireAsync(path, FileShare.ReadWrite, limit, cancellationToken);

    public void Dispose() => _file.Dispose();

    private static async Task<InterProcessLock> AcquireAsync(
        string path, FileShare share, TimeSpan limit, CancellationToken cancellationToken)
    {
        // Asked for again and again, because flock's own waiting could not be cancelled.
        for (var deadline = DateTime.UtcNow + limit; ;)
        {
            try
            {
                return new InterProcessLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, share));
            }
            catch (IOException) when (DateTime.UtcNow < deadline)
            {
                await Task.Delay(Pause, cancellationToken);
            }
            catch (IOException held)
            {
                throw new TimeoutException($"Another process has held {path} for {limit}.", held);
            }
        }
    }
}
