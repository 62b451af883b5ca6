using Delegation.Access.V1;
using Delegation.Contracts.V1;
using Delegation.TestKit;
using Grpc.Core;
using Kind = Delegation.Contracts.V1.Organization.Types.Kind;

namespace Delegation.Contracts.Tests.Onboarding;

/// <summary>From registering to ready to contract, with calls that anybody makes.</summary>
public sealed class Getting_ready(ContractsHost host) : IClassFixture<ContractsHost>, IDisposable
{
    private static readonly Role[] Needed = [Role.Administrator, Role.Signatory, Role.DelegationManager, Role.DataProtectionOfficer, Role.Compliance];

    private readonly string _insurer = People.Somebody();
    private readonly string _delegate = People.Somebody();

    public void Dispose() => host.Logs.AssertNoErrors();

    [PostgresFact]
    public async Task Both_sides_get_ready_and_the_checklist_says_so_at_the_end()
    {
        var insurer = await host.RegisterAsync(_insurer);
        var tpa = await host.RegisterAsync(_delegate, Kind.Delegate, "552100554");
        Assert.False((await ChecklistAsync(_insurer)).ReadyToContract);

        await CompleteAsync(_insurer, new UpdateOrganizationRequest { OrganizationId = insurer.Id, AcprNumber = "4020737", Etag = insurer.Etag });
        await CompleteAsync(_delegate, new UpdateOrganizationRequest { OrganizationId = tpa.Id, OriasNumber = "07000001", Etag = tpa.Etag });
        Assert.True((await ChecklistAsync(_insurer)).ReadyToContract);

        var draft = await host.Delegations(_insurer).CreateDelegationAsync(
            new CreateDelegationRequest
            {
                Title = "Santé collective",
                Counterpart = new Counterpart { LegalName = "Gestion Santé", Siren = "552100554" },
                ReferenceData = new ReferenceData
                {
                    Products = { new Product { Code = "SANTE", Label = "Santé" } },
                    Populations = { new Population { Code = "ACTIFS", Label = "Actifs" } },
                    InsurerContracts = { new InsurerContract { Number = $"N-{Guid.NewGuid():N}"[..20], StartDay = "2026-01-01" } },
                },
            },
            deadline: People.Deadline);
        Assert.False((await ChecklistAsync(_insurer, draft.Id)).ReadyToContract);
        var invited = await host.Invitations(_insurer).CreateDelegationInvitationAsync(
            new CreateDelegationInvitationRequest { DelegationId = draft.Id }, deadline: People.Deadline);
        await host.Invitations(_delegate).AcceptDelegationAsync(new AcceptDelegationRequest { Code = invited.Code }, deadline: People.Deadline);
        await NameContactsAsync(_insurer, draft.Id);
        var waiting = await ChecklistAsync(_insurer, draft.Id);
        await NameContactsAsync(_delegate, draft.Id);

        Assert.Equal([ChecklistItem.Types.Code.OtherSideContacts], waiting.Items.Where(item => item.Required && !item.Done).Select(item => item.Code));
        Assert.True((await ChecklistAsync(_insurer, draft.Id)).ReadyToContract);
        Assert.True((await ChecklistAsync(_delegate, draft.Id)).ReadyToContract);
    }

    [PostgresFact]
    public async Task It_speaks_the_language_of_the_caller()
    {
        await host.RegisterAsync(_insurer);

        var french = await new V1.Onboarding.OnboardingClient(host.As(_insurer)).GetChecklistAsync(
            new GetChecklistRequest(), new Metadata { { "accept-language", "fr-FR" } }, People.Deadline);

        Assert.Equal("Matricule ACPR", french.Items[0].Title);
        Assert.Equal("ACPR register number", (await ChecklistAsync(_insurer)).Items[0].Title);
    }

    [PostgresFact]
    public async Task A_foreign_delegation_and_an_unknown_one_are_not_found_alike()
    {
        await host.RegisterAsync(_insurer);
        await host.RegisterAsync(_delegate, Kind.Delegate);
        var foreign = await host.Delegations(_insurer).CreateDelegationAsync(
            new CreateDelegationRequest { Title = "Santé", Counterpart = new Counterpart { LegalName = "Gestion", Siren = "552100554" } }, deadline: People.Deadline);

        var answers = new List<Google.Rpc.Status>();
        foreach (var id in new[] { foreign.Id, Guid.CreateVersion7().ToString() })
            answers.Add((await Refusals.ThrownBy(new V1.Onboarding.OnboardingClient(host.As(_delegate)).GetChecklistAsync(
                new GetChecklistRequest { DelegationId = id }, deadline: People.Deadline))).WithoutTraceId());
        var malformed = await Refusals.ThrownBy(new V1.Onboarding.OnboardingClient(host.As(_delegate)).GetChecklistAsync(
            new GetChecklistRequest { DelegationId = "x" }, deadline: People.Deadline));

        Assert.Single(answers.Distinct());
        Assert.Equal("DELEGATION_ID_MALFORMED", Assert.Single(malformed.Violations()).Reason);
    }

    private async Task CompleteAsync(string subject, UpdateOrganizationRequest profile)
    {
        await host.Organizations(subject).UpdateOrganizationAsync(profile, deadline: People.Deadline);
        var oneself = await host.OneselfAsync(subject);
        await host.Members(subject).SetMemberRolesAsync(
            new SetMemberRolesRequest { MemberId = oneself.Id, Roles = { Needed }, Etag = oneself.Etag }, deadline: People.Deadline);
    }

    private async Task NameContactsAsync(string subject, string delegationId)
    {
        var invited = await host.Invitations(subject).CreateMemberInvitationAsync(
            new CreateMemberInvitationRequest { Roles = { Role.Operations }, DisplayName = "Karim Benali", Email = "karim.benali@example.org" }, deadline: People.Deadline);
        var deputy = await host.Invitations(People.Somebody()).AcceptMembershipAsync(new AcceptMembershipRequest { Code = invited.Code }, deadline: People.Deadline);
        var oneself = await host.OneselfAsync(subject);
        await host.Members(subject).UpdateMemberAsync(
            new UpdateMemberRequest { MemberId = oneself.Id, DisplayName = "Claire Martin", Email = "claire.martin@example.org", Etag = oneself.Etag }, deadline: People.Deadline);

        var contacts = new V1.Contacts.ContactsClient(host.As(subject));
        var read = await contacts.GetContactsAsync(new GetContactsRequest { DelegationId = delegationId }, deadline: People.Deadline);
        await contacts.SetContactsAsync(
            new SetContactsRequest
            {
                DelegationId = delegationId,
                Main = new NamedContact { MemberId = oneself.Id },
                Deputy = new NamedContact { MemberId = deputy.Member.Id },
                Etag = read.Etag,
            },
            deadline: People.Deadline);
    }

    private async Task<Checklist> ChecklistAsync(string subject, string delegationId = "") => await new V1.Onboarding.OnboardingClient(host.As(subject)).GetChecklistAsync(
        new GetChecklistRequest { DelegationId = delegationId }, deadline: People.Deadline);
}
