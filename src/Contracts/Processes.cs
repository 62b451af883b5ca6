using Delegation.Contracts.Annexes;
using Delegation.Contracts.Audits;
using Delegation.Contracts.Audits.FollowUp;
using Delegation.Contracts.Clauses;
using Delegation.Contracts.Commitments;
using Delegation.Contracts.Contacts;
using Delegation.Contracts.Contracting;
using Delegation.Contracts.ControlPlans;
using Delegation.Contracts.Delegations;
using Delegation.Contracts.Finance;
using Delegation.Contracts.Invitations;
using Delegation.Contracts.LetterOfEngagement;
using Delegation.Contracts.Members;
using Delegation.Contracts.Negotiation;
using Delegation.Contracts.Onboarding;
using Delegation.Contracts.Organizations;
using Delegation.Contracts.Regulation;
using Delegation.Contracts.Reversibility;
using Delegation.Contracts.Scope;
using Delegation.Contracts.TitleToOperate;
using Delegation.Contracts.YearlyReports;

namespace Delegation.Contracts;

/// <summary>What the service answers: one line per gRPC service, in the order in which a delegation comes to them.</summary>
internal static class Processes
{
    public static void MapContracts(this WebApplication app)
    {
        app.MapGrpcService<OrganizationsService>();
        app.MapGrpcService<MembersService>();
        app.MapGrpcService<InvitationsService>();
        app.MapGrpcService<OnboardingService>();
        app.MapGrpcService<DelegationsService>();
        app.MapGrpcService<ContactsService>();
        app.MapGrpcService<ScopesService>();
        app.MapGrpcService<ScopeChangesService>();
        app.MapGrpcService<LettersService>();
        app.MapGrpcService<AnnexesService>();
        app.MapGrpcService<TitlesService>();
        app.MapGrpcService<ClausesService>();
        app.MapGrpcService<RegulationService>();
        app.MapGrpcService<NegotiationsService>();
        app.MapGrpcService<ReviewsService>();
        app.MapGrpcService<ContractingService>();
        app.MapGrpcService<CommitmentsService>();
        app.MapGrpcService<NeutralisationsService>();
        app.MapGrpcService<FinancialTermsService>();
        app.MapGrpcService<CreditNotesService>();
        app.MapGrpcService<InvoicesService>();
        app.MapGrpcService<FundsService>();
        app.MapGrpcService<AuditsService>();
        app.MapGrpcService<AuditFollowUpService>();
        app.MapGrpcService<ControlPlansService>();
        app.MapGrpcService<YearlyReportsService>();
        app.MapGrpcService<ReversibilityPlansService>();
        app.MapGrpcService<ExitsService>();
        app.MapGrpcService<RunOffService>();
        app.MapGrpcService<RecordsService>();
    }
}
