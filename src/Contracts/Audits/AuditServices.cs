using Delegation.Contracts.Audits.FollowUp;
using Delegation.Contracts.Audits.Pack;
using Delegation.Contracts.ControlPlans;
using Delegation.Contracts.EvidenceFiles;
using Delegation.Contracts.YearlyReports;
using Delegation.Persistence.DueWork;
using Client = Delegation.Journal.V1.Journal.JournalClient;

namespace Delegation.Contracts.Audits;

/// <summary>What audit missions need to run.</summary>
internal static class AuditServices
{
    /// <summary>
    /// Adds their commands, their days, what they ask and find, what is looked at besides missions, and their evidence packs, for which every service is called
    /// (<c>services:{service}:grpc:0</c>), this one too.
    /// </summary>
    public static void AddAudits(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<AuditCommands>();
        builder.Services.AddSingleton<IDueWork, AuditWindow>();
        builder.Services.AddSingleton<EvidencePack>();
        builder.Services.AddSingleton<FollowUpCommands>();
        builder.Services.AddSingleton<Attachments>();
        builder.Services.AddSingleton<IDueWork, EvidenceDeadlines>();
        builder.Services.AddSingleton<IDueWork, PlanDeadlines>();
        builder.AddControlPlans();
        builder.AddYearlyReports();
        foreach (var service in PackPlan.Services)
        {
            builder.AddPlatformGrpcClient<PackReading.Client>(service, service);
            builder.AddPlatformGrpcClient<Client>(service, PackJournals.JournalOf(service));
        }
    }
}
