using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Delegation.ServiceDefaults.Tests.GrpcClients;

/// <summary>A service and another one that it calls through a platform client: <c>front</c> asks <c>back</c> whatever it is asked.</summary>
internal sealed class ServicePair : IAsyncDisposable
{
    private ServicePair(ProbeHost front, ProbeHost back)
    {
        Front = front;
        Back = back;
        var ask = BackClient;
        front.Handlers.Ask = async (question, _) => await ask.AskAsync(question);
    }

    public ProbeHost Front { get; }

    public ProbeHost Back { get; }

    /// <summary>The client that the front has of the back.</summary>
    public Probe.V1.Probe.ProbeClient BackClient => Front.Services.GetRequiredService<Probe.V1.Probe.ProbeClient>();

    public static async Task<ServicePair> StartAsync(params (string Key, string Value)[] settings)
    {
        var back = await ProbeHost.StartAsync();
        var front = await ProbeHost.StartAsync(builder =>
        {
            builder.Configuration["services:back:grpc:0"] = back.GrpcAddress.ToString();
            foreach (var (key, value) in settings)
                builder.Configuration[key] = value;
            builder.AddPlatformGrpcClient<Probe.V1.Probe.ProbeClient>("back");
            if (builder.Configuration["Authentication:Authority"] is not null)
            {
                builder.Environment.EnvironmentName = Environments.Development;
                builder.AddTokenValidation();
            }
        });
        return new ServicePair(front, back);
    }

    public async ValueTask DisposeAsync()
    {
        await Front.DisposeAsync();
        await Back.DisposeAsync();
    }
}
