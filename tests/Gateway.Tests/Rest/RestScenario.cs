using Delegation.Gateway.Tests.Hosts;

namespace Delegation.Gateway.Tests.Rest;

/// <summary>A service, the gateway before it, and a client of REST.</summary>
public abstract class RestScenario : IAsyncLifetime, IDisposable
{
    private readonly (string Name, string Value)[] _settings;
    private GatewayHost? _gateway;
    private ServiceHost? _service;
    private RestClient? _rest;

    private protected RestScenario(params (string Name, string Value)[] settings) => _settings = settings;

    private protected ProbeService Probe { get; } = new();

    private protected ServiceHost Service => _service!;

    private protected GatewayHost Gateway => _gateway!;

    private protected RestClient Rest => _rest!;

    public async Task InitializeAsync()
    {
        _service = await ServiceHost.StartAsync(Probe);
        _gateway = await GatewayHost.StartAsync([_service.Address], settings: _settings);
        _rest = new RestClient(_gateway);
    }

    public void Dispose()
    {
        _rest?.Dispose();
        GC.SuppressFinalize(this);
    }

    public async Task DisposeAsync()
    {
        await _gateway!.DisposeAsync();
        await _service!.DisposeAsync();
    }
}
