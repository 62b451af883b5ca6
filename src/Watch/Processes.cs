using Delegation.Contracts.V1;
using Delegation.Delivery.V1;
using Delegation.Persistence.DueWork;
using Delegation.Watch.Actions;
using Delegation.Watch.Bulletins;
using Delegation.Watch.Impact;
using Delegation.Watch.Items;
using Delegation.Watch.Sources;
using Delegation.Watch.Triage;

namespace Delegation.Watch;

/// <summary>What the business processes of this service are made of.</summary>
internal static class Processes
{
    /// <summary>Items with their triage and impact, which ask Contracts and ProjectDelivery for what they touch.</summary>
    public static void AddItems(this IHostApplicationBuilder builder)
    {
        builder.AddPlatformGrpcClient<Negotiations.NegotiationsClient>("contracts");
        builder.AddPlatformGrpcClient<Scopes.ScopesClient>("contracts");
        builder.AddPlatformGrpcClient<Contracts.V1.Commitments.CommitmentsClient>("contracts");
        builder.AddPlatformGrpcClient<Projects.ProjectsClient>("delivery");
        builder.AddPlatformGrpcClient<Delivery.V1.Actions.ActionsClient>("delivery");
        builder.AddPlatformGrpcClient<Committees.CommitteesClient>("delivery");
        builder.AddPlatformGrpcClient<Meetings.MeetingsClient>("delivery");
        builder.Services.AddSingleton<OtherServices>();
        builder.Services.AddSingleton<ItemMoves>();
        builder.Services.AddSingleton<Assessing>();
        builder.Services.AddSingleton<Deciding>();
    }

    /// <summary>The rpcs of items, and of what follows from them.</summary>
    public static void MapItems(this IEndpointRouteBuilder app)
    {
        app.MapGrpcService<ItemsService>();
        app.MapGrpcService<TrackedItemsService>();
        app.MapGrpcService<WatchActionsService>();
        app.MapGrpcService<AmendmentRequestsService>();
    }

    /// <summary>Sources, which are read when they are due, from public addresses alone.</summary>
    public static void AddSources(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IAddressPolicy, PublicAddresses>();
        builder.Services.AddSingleton<FeedConnections>();
        builder.Services.AddSingleton<FeedDownload>();
        builder.Services.AddSingleton<SourceReader>();
        builder.Services.AddSingleton<SourceReading>();
        builder.Services.AddSingleton<IDueWork>(services => services.GetRequiredService<SourceReading>());
        builder.Services.AddHostedService<SourceReaders>();
    }

    /// <summary>The rpcs of sources.</summary>
    public static void MapSources(this IEndpointRouteBuilder app) => app.MapGrpcService<SourcesService>();

    /// <summary>Bulletins, and when they are due.</summary>
    public static void AddBulletins(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<BulletinCommands>();
        builder.Services.AddSingleton<TermsCommands>();
    }

    /// <summary>The rpcs of bulletins.</summary>
    public static void MapBulletins(this IEndpointRouteBuilder app) => app.MapGrpcService<BulletinsService>();
}
