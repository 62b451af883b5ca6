using Delegation.Persistence;
using Delegation.Watch;

// Watch: what is coming, by date, what it means for the delegations and what is done about it. It knows the parties from Contracts.
var builder = WebApplication.CreateSlimBuilder(args);
builder.AddServiceDefaults();
builder.AddPersistence();
builder.AddAccess();
builder.AddDirectory();
builder.Services.AddJournal();
builder.AddItems();
builder.AddSources();
builder.AddBulletins();

var app = builder.Build();
app.MapDefaultEndpoints();
app.MapJournal();
app.MapItems();
app.MapSources();
app.MapBulletins();
app.Run();
