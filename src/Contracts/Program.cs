using Delegation.Contracts.Contacts;
using Delegation.Contracts.Delegations;
using Delegation.Contracts.Invitations;
using Delegation.Contracts.Members;
using Delegation.Contracts.Onboarding;
using Delegation.Contracts.Organizations;
using Delegation.Contracts.Scope;
using Delegation.Persistence;

// Contracts: organisations and delegations today; letters of engagement and contracts join them as folders beside it.
var builder = WebApplication.CreateSlimBuilder(args);
builder.AddServiceDefaults();
builder.AddPersistence();
builder.AddAccess();
builder.Services.AddJournal();

var app = builder.Build();
app.MapDefaultEndpoints();
app.MapJournal();
app.MapGrpcService<OrganizationsService>();
app.MapGrpcService<MembersService>();
app.MapGrpcService<InvitationsService>();
app.MapGrpcService<OnboardingService>();
app.MapGrpcService<DelegationsService>();
app.MapGrpcService<ScopesService>();
app.MapGrpcService<ContactsService>();
app.Run();
