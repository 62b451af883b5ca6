using Delegation.JournalProcess;
using Delegation.Persistence.Tenancy;
using Client = Delegation.Journal.V1.Journal.JournalClient;

// service | writer <number> | follower <name>, with settings as a service has them.
var builder = WebApplication.CreateSlimBuilder(args);
builder.AddServiceDefaults();
switch (args[0])
{
    case "service":
        builder.AddKeyedNpgsqlDataSource(SystemSessions.ConnectionName);
        builder.Services.AddJournal();
        break;
    case "writer":
        builder.AddNpgsqlDataSource("database");
        builder.Services.AddSingleton<TenantSessions>();
        builder.Services.AddHostedService<Writer>();
        break;
    case "follower":
        builder.AddKeyedNpgsqlDataSource(SystemSessions.ConnectionName);
        builder.AddPlatformGrpcClient<Client>("source");
        builder.Services.AddHostedService(provider => ActivatorUtilities.CreateInstance<Follower>(provider, args[1]));
        break;
}

var app = builder.Build();
app.MapDefaultEndpoints();
if (args[0] == "service")
    app.MapJournal();

app.Run();
