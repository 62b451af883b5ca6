using Delegation.Persistence;
using Delegation.Reporting.Operations;
using Delegation.Reporting.Reports;

// Reporting: the reports that are due and those that were published. It knows the parties from Contracts.
var builder = WebApplication.CreateSlimBuilder(args);
builder.AddServiceDefaults();
builder.AddPersistence();
builder.AddAccess();
builder.AddDirectory();
builder.Services.AddJournal();

var app = builder.Build();
app.MapDefaultEndpoints();
app.MapJournal();
app.MapGrpcService<ReportsService>();
app.MapGrpcService<OperationsService>();
app.Run();
