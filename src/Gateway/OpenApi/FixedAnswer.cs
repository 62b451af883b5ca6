using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace Delegation.Gateway.OpenApi;

/// <summary>Bytes that are the same for everybody, with a tag by which a reader knows that it has them already.</summary>
internal sealed record FixedAnswer(byte[] Bytes, string ContentType, EntityTagHeaderValue Tag)
{
    public static FixedAnswer Of(string text, string contentType)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return new(bytes, contentType, new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes)[..16])}\""));
    }

    /// <summary>The resources of this assembly whose names start so, with the rest of their names.</summary>
    public static IEnumerable<(string Name, FixedAnswer Answer)> Embedded(string start)
    {
        var assembly = typeof(FixedAnswer).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(start, StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            yield return (name[start.Length..], Of(reader.ReadToEnd(), TypeOf(Path.GetExtension(name))));
        }
    }

    /// <summary>The bytes, or 304 where the request names the tag.</summary>
    public FileContentHttpResult Result() => TypedResults.Bytes(Bytes, ContentType, entityTag: Tag);

    private static string TypeOf(string extension) => extension switch
    {
        ".html" => "text/html; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        _ => "text/javascript; charset=utf-8",
    };
}
