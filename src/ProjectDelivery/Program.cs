using Delegation.Persistence;

// It listens, tells its health and that of its database. Its business processes join it as folders beside this file.
var builder = WebApplication.CreateSlimBuilder(args);
builder.AddServiceDefaults();
builder.AddPersistence();
builder.AddAccess();

var app = builder.Build();
app.MapDefaultEndpoints();
app.Run();
