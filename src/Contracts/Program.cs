using Delegation.Contracts;
using Delegation.Contracts.Annexes;
using Delegation.Contracts.Audits;
using Delegation.Contracts.Contracting;
using Delegation.Contracts.Finance;
using Delegation.Contracts.LetterOfEngagement;
using Delegation.Contracts.Negotiation;
using Delegation.Persistence;

// Contracts: who the parties are and what they agreed on, one folder per business process.
var builder = WebApplication.CreateSlimBuilder(args);
builder.AddServiceDefaults();
builder.AddPersistence();
builder.AddAccess();
builder.AddLetters();
builder.AddNegotiation();
builder.AddAnnexes();
builder.AddContracting();
builder.AddFinance();
builder.AddAudits();
builder.Services.AddJournal();

var app = builder.Build();
app.MapDefaultEndpoints();
app.MapJournal();
app.MapContracts();
app.Run();
