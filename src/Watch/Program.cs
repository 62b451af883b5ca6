using Delegation.Persistence;
using Delegation.Watch.Items;

// Watch: what is coming, by date. It knows the parties from Contracts.
var builder = WebApplication.CreateSlimBuilder(args);
builder.AddServiceDefaults();
builder.AddPersistence();
builder.AddAccess();
builder.AddDirectory();
builder.Services.AddJournal();

var app = builder.Build();
app.MapDefaultEndpoints();
app.MapJournal();
app.MapGrpcService<ItemsService>();
app.Run();
