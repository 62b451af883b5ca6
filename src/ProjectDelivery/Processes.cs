using Delegation.Contracts.V1;
using Delegation.ProjectDelivery.Portfolio;
using Delegation.ProjectDelivery.Projects;
using Delegation.ProjectDelivery.WorkList;

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

    /// <summary>Work lists and portfolios, which follow the journals of all services, this one's own too.</summary>
    public static void AddWorkLists(this IHostApplicationBuilder builder)
    {
        builder.AddJournalFollower<PortfolioFollower>("contracts");
        foreach (var service in Services)
            builder.AddJournalFollower<WorkListFollower>(service, service);
    }
}
