using Delegation.Contracts.V1;
using Delegation.Persistence.DueWork;
using Delegation.ProjectDelivery.Acceptance;
using Delegation.ProjectDelivery.Committees;
using Delegation.ProjectDelivery.Cutover;
using Delegation.ProjectDelivery.Escalations;
using Delegation.ProjectDelivery.Hypercare;
using Delegation.ProjectDelivery.Launch;
using Delegation.ProjectDelivery.Packs;
using Delegation.ProjectDelivery.Phases;
using Delegation.ProjectDelivery.Portfolio;
using Delegation.ProjectDelivery.Projects;
using Delegation.ProjectDelivery.Satisfaction;
using Delegation.ProjectDelivery.Scoping.Answers;
using Delegation.ProjectDelivery.Scoping.Calendars;
using Delegation.ProjectDelivery.Scoping.Generation;
using Delegation.ProjectDelivery.Scoping.Items;
using Delegation.ProjectDelivery.Scoping.Needs;
using Delegation.ProjectDelivery.Scoping.Workshops;
using Delegation.ProjectDelivery.SetUp;
using Delegation.ProjectDelivery.WorkList;
using Delegation.Reporting.V1;

namespace Delegation.ProjectDelivery;

/// <summary>What the business processes of this service are made of.</summary>
internal static class Processes
{
    private static readonly string[] Services = ["contracts", "delivery", "reporting", "watch"];

    /// <summary>Projects, which ask Contracts for titles.</summary>
    public static void AddProjects(this IHostApplicationBuilder builder)
    {
        builder.AddPlatformGrpcClient<Titles.TitlesClient>("contracts");
        builder.Services.AddSingleton<TitlesOfContracts>();
    }

    /// <summary>The rpcs of projects and their plans.</summary>
    public static void MapProjects(this IEndpointRouteBuilder app)
    {
        app.MapGrpcService<ProjectsService>();
        app.MapGrpcService<GoalsService>();
        app.MapGrpcService<ActionsService>();
    }

    /// <summary>Phases, whose gates ask Contracts and Reporting, and whose overrides expire.</summary>
    public static void AddPhases(this IHostApplicationBuilder builder)
    {
        builder.AddPlatformGrpcClient<Letters.LettersClient>("contracts");
        builder.AddPlatformGrpcClient<Scopes.ScopesClient>("contracts");
        builder.AddPlatformGrpcClient<Annexes.AnnexesClient>("contracts");
        builder.AddPlatformGrpcClient<Contacts.ContactsClient>("contracts");
        builder.AddPlatformGrpcClient<Regulation.RegulationClient>("contracts");
        builder.AddPlatformGrpcClient<Exits.ExitsClient>("contracts");
        builder.AddPlatformGrpcClient<Operations.OperationsClient>("reporting");
        builder.Services.AddSingleton<ContractsClients>();
        builder.Services.AddSingleton<Peers>();
        builder.Services.AddSingleton<OperationsOfReporting>();
        builder.Services.AddSingleton<Checking>();
        builder.Services.AddSingleton<OverrideExpiry>();
        builder.Services.AddSingleton<IDueWork>(services => services.GetRequiredService<OverrideExpiry>());
    }

    /// <summary>The rpcs of gates and overrides, of the set-up and of hypercare.</summary>
    public static void MapPhases(this IEndpointRouteBuilder app)
    {
        app.MapGrpcService<GatesService>();
        app.MapGrpcService<OverridesService>();
        app.MapGrpcService<ReportCataloguesService>();
        app.MapGrpcService<TestDeliveriesService>();
        app.MapGrpcService<HypercareService>();
        app.MapGrpcService<AdjustmentsService>();
    }

    /// <summary>Committees, whose minutes become confirmed by themselves, escalations, which remind whom each side named, and satisfaction; breaches of commitments tighten cadences.</summary>
    public static void AddGovernance(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<MinutesConfirmation>();
        builder.Services.AddSingleton<IDueWork>(services => services.GetRequiredService<MinutesConfirmation>());
        builder.Services.AddSingleton<MeetingReminders>();
        builder.Services.AddSingleton<IDueWork>(services => services.GetRequiredService<MeetingReminders>());
        builder.Services.AddSingleton<AcknowledgementWatch>();
        builder.Services.AddSingleton<IDueWork>(services => services.GetRequiredService<AcknowledgementWatch>());
        builder.Services.AddSingleton<SharedSatisfaction>();
        builder.Services.AddSingleton<IDueWork>(services => services.GetRequiredService<SharedSatisfaction>());
        builder.AddJournalFollower<ContactsFollower>("contracts");
        builder.AddJournalFollower<BreachFollower>("reporting");
        builder.Services.AddSingleton<IDueWork, PackSealing>();
        builder.AddJournalFollower<ReportFollower>("reporting");
        builder.AddJournalFollower<BulletinFollower>("watch");
    }

    /// <summary>The rpcs of committees, their meetings, escalations and satisfaction.</summary>
    public static void MapGovernance(this IEndpointRouteBuilder app)
    {
        app.MapGrpcService<CommitteesService>();
        app.MapGrpcService<MeetingsService>();
        app.MapGrpcService<PacksService>();
        app.MapGrpcService<EscalationsService>();
        app.MapGrpcService<EscalationTermsService>();
        app.MapGrpcService<SatisfactionsService>();
    }

    /// <summary>What shows that a project is robust: acceptance and cutover.</summary>
    public static void AddRobustness(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<CampaignCommands>();
        builder.Services.AddSingleton<RunCommands>();
        builder.Services.AddSingleton<AnomalyCommands>();
        builder.Services.AddSingleton<ReportCommands>();
        builder.Services.AddSingleton<CutoverCommands>();
        builder.Services.AddSingleton<TakeOverCommands>();
        builder.Services.AddSingleton<GdprTerms>();
    }

    /// <summary>The rpcs of acceptance, cutover and take-over.</summary>
    public static void MapRobustness(this IEndpointRouteBuilder app)
    {
        app.MapGrpcService<CampaignsService>();
        app.MapGrpcService<AnomaliesService>();
        app.MapGrpcService<AcceptanceReportsService>();
        app.MapGrpcService<CutoversService>();
        app.MapGrpcService<TakeOversService>();
    }

    /// <summary>Scoping, whose answers generate items.</summary>
    public static void AddScoping(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<Generator>();
        builder.Services.AddSingleton<ItemCommands>();
    }

    /// <summary>The rpcs of the scoping.</summary>
    public static void MapScoping(this IEndpointRouteBuilder app)
    {
        app.MapGrpcService<ScopingAnswersService>();
        app.MapGrpcService<ScopingItemsService>();
        app.MapGrpcService<WorkshopsService>();
        app.MapGrpcService<NeedsService>();
        app.MapGrpcService<ProjectCalendarsService>();
    }

    /// <summary>Work lists and portfolios, which follow the journals of all services, this one's own too.</summary>
    public static void AddWorkLists(this IHostApplicationBuilder builder)
    {
        builder.AddJournalFollower<PortfolioFollower>("contracts");
        foreach (var service in Services)
            builder.AddJournalFollower<WorkListFollower>(service, service);
    }

    /// <summary>The rpcs of work lists and portfolios.</summary>
    public static void MapWorkLists(this IEndpointRouteBuilder app)
    {
        app.MapGrpcService<WorkListService>();
        app.MapGrpcService<PortfolioService>();
    }
}
