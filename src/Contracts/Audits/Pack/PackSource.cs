using System.Runtime.CompilerServices;
using Delegation.Persistence.Access;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.ClientFactory;

namespace Delegation.Contracts.Audits.Pack;

/// <summary>What a read is about: the ids that it is asked with, and the object that they are of.</summary>
/// <param name="Ids">By the fields of requests.</param>
/// <param name="Item">As the list has it that names it; null for the delegation.</param>
internal sealed record PackObject(IReadOnlyDictionary<string, string> Ids, IMessage? Item);

/// <summary>What the services answer by the right of a mission, an answer in memory at a time.</summary>
/// <param name="clients">Of the services.</param>
/// <param name="mission">Whose right.</param>
internal sealed class PackSource(GrpcClientFactory clients, AuditMissionRow mission)
{
    /// <summary>The objects that a part reads: those of the lists before it, each asked as often as it is needed, so that none is kept.</summary>
    /// <exception cref="RpcException">A list was refused, or its service is away.</exception>
    public async IAsyncEnumerable<PackObject> ObjectsAsync(PackPart part, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (part.Key is not { } key)
        {
            yield return new PackObject(new Dictionary<string, string> { ["delegation_id"] = mission.DelegationId.ToString() }, Item: null);
            yield break;
        }

        await foreach (var of in ObjectsAsync(key.List, cancellationToken))
            await foreach (var item in AnswersAsync(key.List, of, cancellationToken))
            {
                var ids = new Dictionary<string, string>(of.Ids);
                if (key.Within is not null && Id(item) is { } own)
                    ids[PackKey.IdOf(item.Descriptor)] = own;
                foreach (var named in key.Within is null ? [item] : Messages(item, key.Within))
                    yield return new PackObject(new Dictionary<string, string>(ids) { [key.Field] = Id(named)! }, named);
            }
    }

    /// <summary>The items of a list to its end, or the one answer.</summary>
    /// <exception cref="RpcException">It was refused, or the service is away: what came is not all.</exception>
    public async IAsyncEnumerable<IMessage> AnswersAsync(PackPart part, PackObject of, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (string? token = ""; token is not null;)
        {
            var request = Request(part, of);
            part.Rpc.InputType.FindFieldByName("page_token")?.Accessor.SetValue(request, token);
            var answer = part.Rpc.OutputType.Parser.ParseFrom(await Client(part).ReadAsync(part.Rpc, request.ToByteArray(), Metadata, cancellationToken));
            foreach (var item in part.Items is null ? [answer] : Messages(answer, part.Items))
                yield return item;
            token = part.Rpc.OutputType.FindFieldByName("next_page_token")?.Accessor.GetValue(answer) is string { Length: > 0 } next ? next : null;
        }
    }

    /// <summary>A file as it is sent.</summary>
    public AsyncServerStreamingCall<byte[]> Download(PackPart part, IMessage request, CancellationToken cancellationToken) =>
        Client(part).Download(part.Rpc, request.ToByteArray(), Metadata, cancellationToken);

    /// <summary>The request of a part for an object.</summary>
    public static IMessage Request(PackPart part, PackObject of)
    {
        var request = part.Rpc.InputType.Parser.ParseFrom(ByteString.Empty);
        foreach (var (name, id) in of.Ids)
            part.Rpc.InputType.FindFieldByName(name)?.Accessor.SetValue(request, id);

        return request;
    }

    private Metadata Metadata => new() { { CallContext.AuditMission, mission.Id.ToString() } };

    private PackReading.Client Client(PackPart part) => clients.CreateClient<PackReading.Client>(part.Service);

    private static string? Id(IMessage item) => item.Descriptor.FindFieldByName("id")?.Accessor.GetValue(item) as string;

    private static IEnumerable<IMessage> Messages(IMessage of, Google.Protobuf.Reflection.FieldDescriptor field) => ((System.Collections.IEnumerable)field.Accessor.GetValue(of)).Cast<IMessage>();
}
