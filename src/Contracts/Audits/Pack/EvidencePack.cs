using System.Net.Mime;
using System.Reflection;
using Delegation.Access.V1;
using Delegation.Contracts.Delegations;
using Delegation.Contracts.V1;
using Delegation.Persistence.Access;
using Delegation.Persistence.Evidence;
using Delegation.Persistence.Journal;
using Delegation.Persistence.Tenancy;
using Google.Api;
using Grpc.Core;
using Grpc.Net.ClientFactory;

namespace Delegation.Contracts.Audits.Pack;

/// <summary>
/// The evidence pack of an open mission, for auditors who use no account and for the files of those who do: a ZIP that is made while it is sent.
/// What is in it is read by the mission's own right, whoever takes it, so that it never holds more than its auditors may see.
/// </summary>
internal sealed class EvidencePack(
    TenantSessions sessions, GrpcClientFactory clients, IConfiguration configuration, IHttpContextAccessor served, TimeProvider clock)
{
    private const string Dictionary = "dictionary.md";

    public async Task SendAsync(AuditMissionRow mission, SharedDelegation delegation, IServerStreamWriter<HttpBody> answers, ServerCallContext context)
    {
        var (now, cancellationToken) = (clock.GetUtcNow(), context.CancellationToken);
        var taker = context.Caller() with { Auditing = null };
        var reader = new Caller(mission.OrganizationOf(mission.Recorder), mission.Id, new HashSet<string> { Role.Auditor.Code() })
        {
            Side = mission.Recorder, Auditing = new Auditing(mission.Id, now),
        };
        await context.WriteResponseHeadersAsync(new Metadata { { "content-disposition", $"{DispositionTypeNames.Attachment}; filename=audit-{mission.Id}.zip" } });
        // From here on other services are called in this one's name, for the mission, and not in that of whoever takes the pack.
        served.HttpContext = null;

        await using var answer = new AnswerStream(answers, MediaTypeNames.Application.Zip);
        await using var pack = await PackWriter.StartAsync(answer, now, cancellationToken);
        await pack.AddAsync(Dictionary, "What is in this pack, and how to check it", CopyDictionaryAsync, cancellationToken);
        if (mission.Subjects.Contains(AuditSubject.Contract.Stored()))
            await new PackFiles(sessions, reader, delegation).AddAsync(pack, cancellationToken);
        await AddServicesAsync(pack, mission, cancellationToken);
        var manifest = await pack.CompleteAsync(mission.Id, mission.DelegationId, cancellationToken);

        await AppendAsync(mission, taker, manifest, now, cancellationToken);
        await answer.FinishAsync(cancellationToken);

        async Task CopyDictionaryAsync(Stream to)
        {
            await using var text = Assembly.GetExecutingAssembly().GetManifestResourceStream($"audits/{Dictionary}")!;
            await text.CopyToAsync(to, cancellationToken);
        }
    }

    private async Task AddServicesAsync(PackWriter pack, AuditMissionRow mission, CancellationToken cancellationToken)
    {
        var subjects = mission.Subjects.Select(StoredNames.Read<AuditSubject>).Append(AuditSubject.Mission).ToHashSet();
        var source = new PackSource(clients, mission);
        var (lists, downloads) = (new PackLists(source), new PackDownloads(source));
        foreach (var part in PackPlan.All.Where(part => subjects.Contains(part.Subject)))
            if (!IsThere(part.Service))
                pack.Miss(part.Path, "The service is not part of this installation.");
            else if (!subjects.IsSupersetOf(part.Subjects))
                pack.Miss(part.Path, PackMisses.NotNamed(part.Subjects.Except(subjects)));
            else
                await (part.IsFile ? downloads.AddAsync(pack, part, cancellationToken) : lists.AddAsync(pack, part, cancellationToken));

        foreach (var service in PackPlan.Services.Where(service => !IsThere(service)))
            pack.Miss($"{PackManifest.ChainFolder}{service}", "The service is not part of this installation.");
        await new PackJournals(clients, mission).AddAsync(pack, PackPlan.Services.Where(IsThere), cancellationToken);
    }

    private bool IsThere(string service) => configuration[$"services:{service}:grpc:0"] is { Length: > 0 };

    // Whoever has the manifest's digest from the journal knows any other pack from this one.
    private async Task AppendAsync(AuditMissionRow mission, Caller taker, string manifest, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var session = await sessions.OpenAsync(taker, cancellationToken);
        var taken = new AuditPackTaken { MissionId = mission.Id.ToString(), ManifestSha256 = manifest };
        var seenBy = mission.ReadsSeenBy == Visibility.Both.Stored() ? Visibility.Both : Visibility.Insurer;
        await session.AppendAsync(
            new JournalEvent(mission.OwnerId, mission.DelegationId, mission.DelegateId, seenBy, "audit_pack", NewId.At(now), 1, taken), clock, cancellationToken);
        await session.CommitAsync(cancellationToken);
    }
}
