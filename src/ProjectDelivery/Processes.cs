using Delegation.Contracts.V1;
using Delegation.Persistence.DueWork;
using Delegation.ProjectDelivery.Launch;
using Delegation.ProjectDelivery.Portfolio;
using Delegation.ProjectDelivery.Projects;
using Delegation.ProjectDelivery.WorkList;

namespace Delegation.ProjectDelivery;

/// <summary>What the business processes of this service are made of.</summary>
internal static class Processes
{
    private static readonly string[] Services = ["contracts", "delivery", "reporting", "watch"];

    /// <summary>Projects, which ask Contracts for titles, and their plans, which grow late.</summary>
    public static void AddProjects(this IHostApplicationBuilder builder)
    {
        builder.AddPlatformGrpcClient<Titles.TitlesClient>("contracts");
        builder.Services.AddSingleton<TitlesOfContracts>();
        builder.Services.AddSingleton<LateWork>();
        builder.Services.AddSingleton<IDueWork>(services => services.GetRequiredService<LateWork>());
    }

    /// <summary>Work lists and portfolios, which follow the journals of all services, this one's own too.</summary>
    public static void AddWorkLists(this IHostApplicationBuilder builder)
    {
        builder.AddJournalFollower<PortfolioFollower>("contracts");
        foreach (var service in Services)
            builder.AddJournalFollower<WorkListFollower>(service, service);
    }
}
