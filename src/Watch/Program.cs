using Delegation.Persistence;

// It listens, tells its health and that of its database, and knows the parties. Its business processes join it as folders beside this file.
var builder = WebApplication.CreateSlimBuilder(args);
builder.AddServiceDefaults();
builder.AddPersistence();
builder.AddAccess();
builder.AddDirectory();
builder.Services.AddJournal();

var app = builder.Build();
app.MapDefaultEndpoints();
app.MapJournal();
app.Run();
