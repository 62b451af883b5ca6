using System.Text;
using Delegation.Access.V1;
using Delegation.Journal.V1;
using Delegation.Persistence.Evidence;
using Delegation.ServiceDefaults.Time;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Grpc.Net.ClientFactory;
using Client = Delegation.Journal.V1.Journal.JournalClient;

namespace Delegation.Contracts.Audits.Pack;

/// <summary>What all services answer about a delegation, and their journals, read by the right of a mission.</summary>
/// <param name="clients">Of the services.</param>
/// <param name="configuration">Says which services there are.</param>
/// <param name="mission">Whose right.</param>
internal sealed class PackLists(GrpcClientFactory clients, IConfiguration configuration, AuditMissionRow mission)
{
    private static readonly JsonFormatter Readable = new(JsonFormatter.Settings.Default.WithFormatDefaultValues(true).WithTypeRegistry(PackParts.Types));

    /// <summary>The name of the client of a service's journal.</summary>
    public static string JournalOf(string service) => $"journal of {service}";

    /// <summary>Every list and object that the mission names.</summary>
    public async Task AddAsync(PackWriter pack, CancellationToken cancellationToken)
    {
        var subjects = mission.Subjects.Select(StoredNames.Read<AuditSubject>).Append(AuditSubject.Mission).ToHashSet();
        foreach (var part in PackParts.All.Where(part => subjects.Contains(part.Subject)))
            if (IsThere(part.Service))
                await AddAsync(pack, part, cancellationToken);
            else
                pack.Miss(part.Path, "The service is not part of this installation.");
    }

    /// <summary>The journals of the audited period: once as evidence, once to be read.</summary>
    public async Task AddJournalsAsync(PackWriter pack, CancellationToken cancellationToken)
    {
        foreach (var service in PackParts.Services)
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
        if (!IsThere(service))
            return false;

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

    private bool IsThere(string service) => configuration[$"services:{service}:grpc:0"] is { Length: > 0 };

    private async Task AddAsync(PackWriter pack, PackPart part, CancellationToken cancellationToken)
    {
        // The first page is read before the file is begun: what there is not is said, and makes no empty file.
        var (first, refusal) = await ReadAsync(part, "", cancellationToken);
        if (first is null)
        {
            pack.Miss(part.Path, refusal);
            return;
        }

        await pack.AddAsync(part.Path, $"{part.Rpc.Service.FullName}/{part.Rpc.Name}", async to =>
        {
            for (var page = first; page is not null;)
            {
                await WriteAsync(to, part.Items is null ? [page] : ((System.Collections.IEnumerable)part.Items.Accessor.GetValue(page)).Cast<IMessage>(), cancellationToken);
                var token = part.Items is null ? "" : (string)part.Rpc.OutputType.FindFieldByName("next_page_token").Accessor.GetValue(page);
                // A page that was there and is there no more must not pass for an end.
                page = token.Length == 0 ? null : (await ReadAsync(part, token, cancellationToken)).Answer ?? throw new InvalidOperationException($"The list {part.Path} broke off.");
            }
        }, cancellationToken);
    }

    private static async Task WriteAsync(Stream to, IEnumerable<IMessage> messages, CancellationToken cancellationToken)
    {
        foreach (var message in messages)
            await to.WriteAsync(Encoding.UTF8.GetBytes(Readable.Format(message) + "\n"), cancellationToken);
    }

    private async Task<(IMessage? Answer, string Refusal)> ReadAsync(PackPart part, string pageToken, CancellationToken cancellationToken)
    {
        var request = part.Rpc.InputType.Parser.ParseFrom(ByteString.Empty);
        part.Rpc.InputType.FindFieldByName("delegation_id").Accessor.SetValue(request, mission.DelegationId.ToString());
        if (part.Items is not null)
            part.Rpc.InputType.FindFieldByName("page_token")?.Accessor.SetValue(request, pageToken);

        try
        {
            var metadata = new Metadata { { Delegation.Persistence.Access.CallContext.AuditMission, mission.Id.ToString() } };
            var answer = await clients.CreateClient<PackReading.Client>(part.Service).ReadAsync(part.Rpc, request.ToByteArray(), metadata, cancellationToken);
            return (part.Rpc.OutputType.Parser.ParseFrom(answer), "");
        }
        catch (RpcException refused) when (refused.StatusCode is StatusCode.NotFound or StatusCode.InvalidArgument or StatusCode.FailedPrecondition or StatusCode.PermissionDenied or StatusCode.Unavailable)
        {
            return (null, refused.Status.Detail);
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
        var happened = entry.HasPayload && PackParts.Types.Find(entry.EventType) is { } type ? Any.Pack(type.Parser.ParseFrom(entry.Payload)) : null;
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
                ["event"] = happened is null ? Value.ForNull() : Value.Parser.ParseJson(Readable.Format(happened)),
            },
        };
        return JsonFormatter.Default.Format(words);
    }
}
