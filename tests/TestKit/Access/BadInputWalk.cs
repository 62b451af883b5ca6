using Google.Protobuf;
using Grpc.Core;

namespace Delegation.TestKit.Access;

/// <summary>
/// Gives each command of a service, in each field of a request that would be accepted, a value that cannot be: it must be refused with the
/// field's name, in two languages, and write nothing. Each finding is a sentence that names the rpc and the field.
/// </summary>
/// <param name="scene">The running service.</param>
public sealed class BadInputWalk(Scene scene)
{
    /// <summary>What is wrong with a command; nothing if all is well.</summary>
    public async Task<IReadOnlyList<string>> WalkAsync(RecordedCall call)
    {
        var findings = new List<string>();
        var (caller, request) = await call.PrepareAsync(scene);
        var before = await TableContents.ReadSettledAsync(scene);

        foreach (var path in BadField.In(request).Select(field => field.Path))
        {
            var changed = request.Descriptor.Parser.ParseFrom(request.ToByteArray());
            var field = BadField.In(changed).Single(bad => bad.Path == path);
            field.Set();

            var english = await AskAsync("en");
            if (english.Code != StatusCode.InvalidArgument || !Around(path).Any(named => english.Content.Contains($"\n{named}: ", StringComparison.Ordinal)))
                findings.Add($"{call.FullName}: {path}, {field.What}, is answered {english}, and not refused by name");
            else if ((await AskAsync("fr")).Content == english.Content)
                findings.Add($"{call.FullName}: {path} is refused in the same words in both languages");

            Task<Answer> AskAsync(string language)
            {
                var metadata = caller.Metadata(scene.Issuer);
                metadata.Add("accept-language", language);
                return Answer.ToAsync(scene.Channel.CreateCallInvoker(), call.FullName, metadata, changed);
            }
        }

        foreach (var table in TableContents.Differing(before, await TableContents.ReadAsync(scene.Database)))
            findings.Add($"{call.FullName}: a refused call changed the table {table}");

        return findings;
    }

    // A rule may be one on the list or the message that the field is in.
    private static IEnumerable<string> Around(string path)
    {
        for (var end = path.Length; end > 0; end = path.LastIndexOfAny(['.', '['], end - 1))
            yield return path[..end];
    }
}
