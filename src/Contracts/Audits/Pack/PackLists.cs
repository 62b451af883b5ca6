using System.Text;
using System.Text.Json;
using Delegation.Access.V1;
using Delegation.Persistence.Evidence;
using Google.Protobuf;
using Grpc.Core;

namespace Delegation.Contracts.Audits.Pack;

/// <summary>Lists and objects of all services in a pack, as JSON.</summary>
/// <param name="source">Reads them.</param>
internal sealed class PackLists(PackSource source)
{
    /// <summary>How messages are written, so that people read them too.</summary>
    public static JsonFormatter Readable { get; } = new(JsonFormatter.Settings.Default.WithFormatDefaultValues(true).WithTypeRegistry(PackPlan.Types));

    public async Task AddAsync(PackWriter pack, PackPart part, CancellationToken cancellationToken)
    {
        // The first answer is read before the file is begun: what there is not is said, and makes no empty file.
        await using var lines = LinesAsync(part, cancellationToken).GetAsyncEnumerator(cancellationToken);
        bool more;
        try
        {
            more = await lines.MoveNextAsync();
        }
        catch (RpcException refused) when (PackMisses.IsToBeSaid(refused))
        {
            pack.Miss(part.Path, refused.Status.Detail);
            return;
        }

        // From here on whatever breaks off ends the pack: a part of a list must not pass for the whole.
        await pack.AddAsync(part.Path, $"{part.Rpc.Service.FullName}/{part.Rpc.Name}", async to =>
        {
            for (; more; more = await lines.MoveNextAsync())
                await to.WriteAsync(Encoding.UTF8.GetBytes(lines.Current + "\n"), cancellationToken);
        }, cancellationToken);
    }

    private async IAsyncEnumerable<string> LinesAsync(PackPart part, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var of in source.ObjectsAsync(part, cancellationToken))
        {
            await using var answers = source.AnswersAsync(part, of, cancellationToken).GetAsyncEnumerator(cancellationToken);
            for (var first = true; await NextAsync(part, answers, first); first = false)
                yield return part.Key is null ? Readable.Format(answers.Current) : $$"""{ "of": {{Of(part, of)}}, "object": {{Readable.Format(answers.Current)}} }""";
        }
    }

    // What an object of a list has not, such as a project its hypercare, is not missing.
    private static async Task<bool> NextAsync(PackPart part, IAsyncEnumerator<IMessage> answers, bool first)
    {
        try
        {
            return await answers.MoveNextAsync();
        }
        catch (RpcException none) when (first && part.Key is not null && none.StatusCode == StatusCode.NotFound)
        {
            return false;
        }
    }

    private static string Of(PackPart part, PackObject of) => JsonSerializer.Serialize(
        of.Ids.Select(id => (Field: part.Rpc.InputType.FindFieldByName(id.Key), Id: id.Value)).Where(id => id.Field is not null).ToDictionary(id => id.Field.JsonName, id => id.Id));
}

/// <summary>What a pack says that it does not have.</summary>
internal static class PackMisses
{
    /// <summary>Whether a refusal is a reason for a part not to be there; all others are failures.</summary>
    public static bool IsToBeSaid(RpcException refused) =>
        refused.StatusCode is StatusCode.NotFound or StatusCode.InvalidArgument or StatusCode.FailedPrecondition or StatusCode.PermissionDenied or StatusCode.Unavailable or StatusCode.DeadlineExceeded
        // Of an earlier release.
        or StatusCode.Unimplemented;

    /// <summary>Why a mission lets a part be read in part only: it does not name what leads there.</summary>
    public static string NotNamed(IEnumerable<AuditSubject> subjects) => $"The mission does not name {string.Join(", ", subjects.Select(subject => subject.Stored()))}.";
}
