using Delegation.Persistence;
using Delegation.ProjectDelivery;
using Delegation.ProjectDelivery.Launch;
using Delegation.ProjectDelivery.Portfolio;
using Delegation.ProjectDelivery.Projects;
using Delegation.ProjectDelivery.WorkList;

// ProjectDelivery: projects with their launch, and what waits for whom on the whole platform.
var builder = WebApplication.CreateSlimBuilder(args);
builder.AddServiceDefaults();
builder.AddPersistence();
builder.AddAccess();
builder.AddDirectory();
builder.Services.AddJournal();
builder.AddProjects();
builder.AddWorkLists();

var app = builder.Build();
app.MapDefaultEndpoints();
app.MapJournal();
app.MapGrpcService<ProjectsService>();
app.MapGrpcService<GoalsService>();
app.MapGrpcService<ActionsService>();
app.MapGrpcService<WorkListService>();
app.MapGrpcService<PortfolioService>();
app.Run();
