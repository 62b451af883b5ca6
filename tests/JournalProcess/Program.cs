using Delegation.JournalProcess;
using Delegation.Persistence.Tenancy;
using Npgsql;
using Client = Delegation.Journal.V1.Journal.JournalClient;

// service | writer <how many at once> | follower <name>, with settings as a service has them. A process that does not serve has no
// server, so that it starts fast: the tests kill and start many.
switch (args)
{
    case ["service"]:
        var service = WebApplication.CreateSlimBuilder();
        service.AddServiceDefaults();
        service.AddKeyedNpgsqlDataSource(SystemSessions.ConnectionName);
        service.Services.AddJournal();
        var application = service.Build();
        application.MapJournal();
        application.MapDefaultEndpoints();
        application.Run();
        break;
    case ["writer", var count]:
        await using (var database = NpgsqlDataSource.Create(Environment.GetEnvironmentVariable("ConnectionStrings__database")!))
            await Task.WhenAll(Enumerable.Range(0, int.Parse(count, null)).Select(_ => Writer.RunAsync(new TenantSessions(database))));
        break;
    case ["follower", var name]:
        var follower = Host.CreateEmptyApplicationBuilder(null);
        follower.Configuration.AddEnvironmentVariables();
        follower.Services.AddSingleton(TimeProvider.System);
        follower.Services.AddKeyedSingleton(SystemSessions.ConnectionName, NpgsqlDataSource.Create(follower.Configuration.GetConnectionString("system")!));
        follower.AddPlatformGrpcClient<Client>("source");
        follower.Services.AddHostedService(provider => ActivatorUtilities.CreateInstance<Follower>(provider, name));
        follower.Build().Run();
        break;
}
