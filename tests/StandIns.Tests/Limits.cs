namespace Delegation.StandIns.Tests;

/// <summary>How long a test waits for what must happen; generous, because a busy machine is no failure.</summary>
internal static class Limits
{
    public static readonly TimeSpan Long = TimeSpan.FromSeconds(60);

    /// <summary>Cancelled after <see cref="Long"/>.</summary>
    public static CancellationToken Token => new CancellationTokenSource(Long).Token;

    /// <summary>Waits until something is true.</summary>
    public static async Task UntilAsync(Func<bool> condition, string what, TimeSpan? limit = null)
    {
        for (var deadline = DateTime.UtcNow + (limit ?? Long); !condition(); await Task.Delay(25))
        {
            Assert.True(DateTime.UtcNow < deadline, $"It did not happen in time: {what}");
        }
    }
}
