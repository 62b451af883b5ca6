using Delegation.Contracts.Organizations;

// Contracts: organisations today; delegations, letters of engagement and contracts join them as folders beside it.
var builder = WebApplication.CreateSlimBuilder(args);
builder.AddServiceDefaults();
builder.AddNpgsqlDataSource("database");
builder.Services.AddSingleton<OrganizationStore>();

var app = builder.Build();
app.MapDefaultEndpoints();
app.MapGrpcService<OrganizationsService>();
app.Run();
