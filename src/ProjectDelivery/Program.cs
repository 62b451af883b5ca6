using Delegation.Persistence;
using Delegation.ProjectDelivery;

// ProjectDelivery: projects with their launch, gates and robustness, committees and escalations, and what waits for whom on the whole platform.
var builder = WebApplication.CreateSlimBuilder(args);
builder.AddServiceDefaults();
builder.AddPersistence();
builder.AddAccess();
builder.AddDirectory();
builder.Services.AddJournal();
builder.AddProjects();
builder.AddPhases();
builder.AddGovernance();
builder.AddRobustness();
builder.AddScoping();
builder.AddWorkLists();

var app = builder.Build();
app.MapDefaultEndpoints();
app.MapJournal();
app.MapProjects();
app.MapPhases();
app.MapGovernance();
app.MapRobustness();
app.MapScoping();
app.MapWorkLists();
app.Run();
