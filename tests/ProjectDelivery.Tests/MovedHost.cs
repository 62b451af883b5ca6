using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Delegation.TestKit;

namespace Delegation.ProjectDelivery.Tests;

/// <summary>The service with a clock that the test moves while it runs. The clock goes on from where it was put.</summary>
internal sealed class MovedHost : IAsyncDisposable
{
    private readonly string _file = Path.GetTempFileName();

    public DeliveryHost Host { get; } = new();

    public DateTimeOffset Now => Host.Services.GetRequiredService<TimeProvider>().GetUtcNow();

    public static async Task<MovedHost> StartAsync(string instant)
    {
        var moved = new MovedHost();
        moved.Write(DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture));
        moved.Host.Settings["Clock:OffsetFile"] = moved._file;
        await ((IAsyncLifetime)moved.Host).InitializeAsync();
        return moved;
    }

    public async Task MoveToAsync(string instant)
    {
        var to = DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture);
        Write(to);
        await Eventually.True(() => Now >= to && Now < to.AddMinutes(1));
    }

    public async ValueTask DisposeAsync()
    {
        await ((IAsyncLifetime)Host).DisposeAsync();
        File.Delete(_file);
    }

    private void Write(DateTimeOffset to) => File.WriteAllText(_file, (to - DateTimeOffset.UtcNow).ToString("c", CultureInfo.InvariantCulture));
}
