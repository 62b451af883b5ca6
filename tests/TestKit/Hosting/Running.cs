namespace Delegation.TestKit.Hosting;

/// <summary>A host that a test started itself, and that ends with the test: xunit ends only its fixtures.</summary>
public static class Running
{
    /// <summary>Starts a host.</summary>
    public static async Task<Running<TProgram>> StartAsync<TProgram>(ServiceHost<TProgram> host)
        where TProgram : class
    {
        var running = new Running<TProgram>(host);
        try
        {
            await host.InitializeAsync();
            return running;
        }
        catch
        {
            await running.DisposeAsync();
            throw;
        }
    }
}

/// <summary>A host that a test started itself.</summary>
/// <typeparam name="TProgram">The service's class Program.</typeparam>
/// <param name="Host">The service.</param>
public sealed record Running<TProgram>(ServiceHost<TProgram> Host) : IAsyncDisposable
    where TProgram : class
{
    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await Host.DisposeAsync();
}
