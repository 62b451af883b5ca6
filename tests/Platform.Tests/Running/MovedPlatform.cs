namespace Delegation.Platform.Tests.Running;

/// <summary>A platform whose clock tests move, one for all of them: time only goes on, so each begins on the day that the one before it reached.</summary>
public sealed class MovedPlatform : IAsyncLifetime
{
    private readonly string _data = Directory.CreateTempSubdirectory("platform-test-").FullName;
    private AppHostProcess? _process;

    internal AppHostProcess Process => _process ?? throw new InvalidOperationException("The platform has not started.");

    internal MovedClock Clock { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        if (PlatformFactAttribute.Missing is not null)
        {
            return;
        }

        _process = await AppHostProcess.StartAsync(_data);
        Clock = new MovedClock(AppHostProcess.ClockFile(_data));
    }

    public async Task DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }

        Directory.Delete(_data, recursive: true);
    }
}

/// <summary>Tests that live through months.</summary>
[CollectionDefinition(nameof(MovedPlatform))]
public sealed class MovedPlatformTests : ICollectionFixture<MovedPlatform>;
