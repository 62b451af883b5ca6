namespace Aspire.Hosting.Testing;

/// <summary>An application whose AppHost program goes on, and ends, with it.</summary>
internal sealed class TestedApplication(DistributedApplication application, AppHostProgram program) : DistributedApplication(application)
{
    public override async Task StartAsync(CancellationToken cancellationToken = default)
    {
        await base.StartAsync(cancellationToken);
        program.HasStarted();
    }

    public override async Task StopAsync(CancellationToken cancellationToken = default)
    {
        await base.StopAsync(cancellationToken);
        program.Release(abandon: false);
    }

    public override void Dispose()
    {
        base.Dispose();
        program.Release(abandon: false);
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        program.Release(abandon: false);
    }
}
