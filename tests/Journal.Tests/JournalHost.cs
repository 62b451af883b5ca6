using Delegation.Journal.V1;
using Delegation.Persistence.Tenancy;
using Delegation.TestKit;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Client = Delegation.Journal.V1.Journal.JournalClient;

namespace Delegation.Journal.Tests;

/// <summary>A replica of the made-up service, in this process: it seals, and serves its journal.</summary>
internal sealed class JournalHost : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly GrpcChannel _channel;

    private JournalHost(WebApplication application)
    {
        _application = application;
        _channel = GrpcChannel.ForAddress(application.Urls.Single());
        Client = new Client(_channel);
    }

    public Client Client { get; }

    public static async Task<JournalHost> StartAsync(JournalDatabase database)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection([new("GRPC_PORT", "0")]);
        builder.AddServiceDefaults();
        builder.Logging.ClearProviders();
        builder.Services.AddKeyedSingleton(SystemSessions.ConnectionName, database.System);
        builder.Services.AddJournal();

        var application = builder.Build();
        application.MapJournal();
        await application.StartAsync();
        return new JournalHost(application);
    }

    /// <summary>The first entries after a position.</summary>
    public async Task<IReadOnlyList<Entry>> FollowAsync(long after, int count)
    {
        using var cancellation = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        using var call = Client.Follow(new FollowRequest { AfterPosition = after }, cancellationToken: cancellation.Token);
        var entries = new List<Entry>();
        while (entries.Count < count && await call.ResponseStream.MoveNext(cancellation.Token))
            entries.AddRange(call.ResponseStream.Current.Entries);

        return entries;
    }

    public async ValueTask DisposeAsync()
    {
        _channel.Dispose();
        await _application.StopAsync().Within(20);
        await _application.DisposeAsync();
    }
}
