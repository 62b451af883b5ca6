using Delegation.Persistence;
using Delegation.Reporting.Imports;
using Delegation.Reporting.Operational;
using Delegation.Reporting.Operations;
using Delegation.Reporting.Reports;
using Delegation.Reporting.Technical;

// Reporting: imports and what they tell of operations, the reports that are due and those that were published. It knows the parties from Contracts.
var builder = WebApplication.CreateSlimBuilder(args);
builder.AddServiceDefaults();
builder.AddPersistence();
builder.AddAccess();
builder.AddDirectory();
builder.Services.AddJournal();
builder.AddImports();
builder.AddOperational();
builder.AddReports();

var app = builder.Build();
app.MapDefaultEndpoints();
app.MapJournal();
app.MapReports();
app.MapImports();
app.MapGrpcService<OperationsService>();
app.MapOperational();
app.MapGrpcService<TechnicalReportsService>();
app.Run();
