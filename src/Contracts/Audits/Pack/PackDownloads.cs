using System.Net.Mime;
using System.Text.Json;
using Delegation.Persistence.Evidence;
using Google.Api;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;

namespace Delegation.Contracts.Audits.Pack;

/// <summary>Files of all services in a pack, as each service gives them: in every form and version that there is.</summary>
/// <param name="source">Reads them.</param>
internal sealed class PackDownloads(PackSource source)
{
    public async Task AddAsync(PackWriter pack, PackPart part, CancellationToken cancellationToken)
    {
        await using var objects = source.ObjectsAsync(part, cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (await NextAsync(pack, part, objects))
            foreach (var request in Requests(part, objects.Current))
                await AddAsync(pack, part, objects.Current, request, cancellationToken);
    }

    private static async Task<bool> NextAsync(PackWriter pack, PackPart part, IAsyncEnumerator<PackObject> objects)
    {
        try
        {
            return await objects.MoveNextAsync();
        }
        catch (RpcException refused) when (PackMisses.IsToBeSaid(refused))
        {
            pack.Miss(part.Path, $"All files, or all but those that are here: {refused.Status.Detail}");
            return false;
        }
    }

    private async Task AddAsync(PackWriter pack, PackPart part, PackObject of, IMessage request, CancellationToken cancellationToken)
    {
        var folder = $"{part.Path}/{string.Join('/', of.Ids.Where(id => id.Key != "delegation_id" && request.Descriptor.FindFieldByName(id.Key) is not null).Select(id => id.Value))}";
        using var call = source.Download(part, request, cancellationToken);
        HttpBody? first = null;
        try
        {
            // A file is begun once it comes: what there is not is said.
            if (await call.ResponseStream.MoveNext(cancellationToken))
                first = HttpBody.Parser.ParseFrom(call.ResponseStream.Current);
        }
        catch (RpcException refused) when (PackMisses.IsToBeSaid(refused))
        {
            pack.Miss(folder, refused.Status.Detail);
            return;
        }

        // In the middle of it nothing can be said any more: what breaks off ends the pack.
        await pack.AddAsync($"{folder}/{NameOf(part, of, request, first)}", $"{part.Rpc.Service.FullName}/{part.Rpc.Name}", async to =>
        {
            for (var body = first; body is not null; body = await call.ResponseStream.MoveNext(cancellationToken) ? HttpBody.Parser.ParseFrom(call.ResponseStream.Current) : null)
                await to.WriteAsync(body.Data.Memory, cancellationToken);
        }, cancellationToken);
    }

    private static IEnumerable<IMessage> Requests(PackPart part, PackObject of)
    {
        var (version, format) = (part.Rpc.InputType.FindFieldByName("version"), part.Rpc.InputType.FindFieldByName("format"));
        int?[] versions = version is null ? [null] : [.. Enumerable.Range(1, (int)of.Item!.Descriptor.FindFieldByName("version_count").Accessor.GetValue(of.Item)).Cast<int?>()];
        int?[] formats = format is null ? [null] : [.. format.EnumType.Values.Where(value => value.Number > 0).Select(value => (int?)value.Number)];
        foreach (var (number, form) in versions.SelectMany(number => formats.Select(form => (number, form))))
        {
            var request = PackSource.Request(part, of);
            Set(version, number);
            Set(format, form);
            yield return request;

            void Set(FieldDescriptor? field, int? value)
            {
                if (value is { } given)
                    field!.Accessor.SetValue(request, field.FieldType == FieldType.Enum ? Enum.ToObject(field.EnumType.ClrType, given) : given);
            }
        }
    }

    // As whoever uploaded it called it, or else what it is, its version and its form.
    private static string NameOf(PackPart part, PackObject of, IMessage request, HttpBody? first)
    {
        if (of.Item?.Descriptor.FindFieldByName("file_name")?.Accessor.GetValue(of.Item) is string { Length: > 0 } given)
            return given;

        var version = request.Descriptor.FindFieldByName("version")?.Accessor.GetValue(request);
        var ending = request.Descriptor.FindFieldByName("format")?.Accessor.GetValue(request) is Enum form ? form.ToString().ToLowerInvariant()
            : first?.ContentType.StartsWith(MediaTypeNames.Application.Pdf, StringComparison.Ordinal) == true ? "pdf" : "bin";
        return $"{JsonNamingPolicy.SnakeCaseLower.ConvertName(part.Rpc.Name["Download".Length..])}{(version is null ? "" : $"-v{version}")}.{ending}";
    }
}
