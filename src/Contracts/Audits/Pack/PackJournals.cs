using System.Text;
using Delegation.Journal.V1;
using Delegation.Persistence.Evidence;
using Delegation.ServiceDefaults.Time;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Grpc.Net.ClientFactory;
using Client = Delegation.Journal.V1.Journal.JournalClient;

namespace Delegation.Contracts.Audits.Pack;

/// <summary>The journals of all services in a pack, read by the right of a mission.</summary>
/// <param name="clients">Of the services.</param>
/// <param name="mission">Whose right.</param>
internal sealed class PackJournals(GrpcClientFactory clients, AuditMissionRow mission)
{
    /// <summary>The name of the client of a service's journal.</summary>
    public static string JournalOf(string service) => $"journal of {service}";

    /// <summary>The journals of the audited period: once as evidence, once to be read.</summary>
    public async Task AddAsync(PackWriter pack, IEnumerable<string> services, CancellationToken cancellationToken)
    {
        foreach (var service in services)
            if (await AnswersAsync(service, cancellationToken))
            {
                await pack.AddAsync($"{PackManifest.ChainFolder}{service}{PackManifest.ChainEnding}", $"Evidence: the journal of {service} in the audited period, to be checked with `journal verify --pack`", to =>
                    EachLinkAsync(service, link => JsonFormatter.Default.Format(link), to, cancellationToken), cancellationToken);
                await pack.AddAsync($"{PackManifest.ChainFolder}{service}.events.ndjson", $"The same entries in words: what happened, when, by whom", to =>
                    EachLinkAsync(service, link => link.Entry is { } entry ? InWords(entry) : null, to, cancellationToken), cancellationToken);
            }
            else
                pack.Miss($"{PackManifest.ChainFolder}{service}", "The service did not answer when the pack was made.");
    }

    // A file is begun for what is there alone: a service that is away is said to be missing, and the pack can be taken again.
    private async Task<bool> AnswersAsync(string service, CancellationToken cancellationToken)
    {
        try
        {
            var nothing = new ReadChainRequest
            {
                OwnerId = mission.OwnerId.ToString(), DelegationId = mission.DelegationId.ToString(), StartTime = new Timestamp(), EndTime = new Timestamp(),
            };
            using var chain = clients.CreateClient<Client>(JournalOf(service)).ReadChain(nothing, cancellationToken: cancellationToken);
            return !await chain.ResponseStream.MoveNext(cancellationToken);
        }
        catch (RpcException away) when (away.StatusCode is StatusCode.Unavailable or StatusCode.DeadlineExceeded)
        {
            return false;
        }
    }

    private async Task EachLinkAsync(string service, Func<ChainLink, string?> line, Stream to, CancellationToken cancellationToken)
    {
        var request = new ReadChainRequest
        {
            OwnerId = mission.OwnerId.ToString(),
            DelegationId = mission.DelegationId.ToString(),
            StartTime = Timestamp.FromDateTimeOffset(ParisDays.StartOf(mission.PeriodStartDay)),
            EndTime = Timestamp.FromDateTimeOffset(ParisDays.EndOf(mission.PeriodEndDay)),
        };
        using var chain = clients.CreateClient<Client>(JournalOf(service)).ReadChain(request, cancellationToken: cancellationToken);
        await foreach (var part in chain.ResponseStream.ReadAllAsync(cancellationToken))
            foreach (var link in part.Links)
                if (line(link) is { } text)
                    await to.WriteAsync(Encoding.UTF8.GetBytes(text + "\n"), cancellationToken);
    }

    private static string InWords(Entry entry)
    {
        var happened = entry.HasPayload && PackPlan.Types.Find(entry.EventType) is { } type ? Any.Pack(type.Parser.ParseFrom(entry.Payload)) : null;
        var words = new Struct
        {
            Fields =
            {
                ["entryId"] = Value.ForString(entry.EntryId),
                ["occurTime"] = Value.ForString(entry.OccurTime.ToDateTime().ToString("O", System.Globalization.CultureInfo.InvariantCulture)),
                ["organizationId"] = Value.ForString(entry.OrganizationId),
                ["personId"] = Value.ForString(entry.PersonId),
                ["objectType"] = Value.ForString(entry.ObjectType),
                ["objectId"] = Value.ForString(entry.ObjectId),
                ["revision"] = Value.ForNumber(entry.Revision),
                ["event"] = happened is null ? Value.ForNull() : Value.Parser.ParseJson(PackLists.Readable.Format(happened)),
            },
        };
        return JsonFormatter.Default.Format(words);
    }
}
