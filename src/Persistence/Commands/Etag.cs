using System.Buffers.Binary;
using System.Security.Cryptography;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Outcomes;

namespace Delegation.Persistence.Commands;

/// <summary>
/// The etag of an object: strong and opaque, in the quoted form that HTTP gives it, which https://google.aip.dev/154 asks of gRPC too.
/// It holds for one revision of one object, so that an etag of something else never fits by chance.
/// </summary>
public static class Etag
{
    private const int Bytes = 12;

    private static readonly LocalizedText Required = new(
        "Say which revision you read: send the `etag` that came with it.",
        "Indiquez la révision que vous avez lue : envoyez l'`etag` reçu avec elle.");

    /// <summary>The etag of a revision of an object.</summary>
    public static string Of(Guid objectId, long revision)
    {
        Span<byte> source = stackalloc byte[16 + sizeof(long)];
        objectId.TryWriteBytes(source, bigEndian: true, out _);
        BinaryPrimitives.WriteInt64BigEndian(source[16..], revision);

        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(source, digest);
        return $"\"{Convert.ToBase64String(digest[..Bytes]).Replace('+', '-').Replace('/', '_')}\"";
    }

    /// <summary>
    /// Compares the etag of a request with the object as it is now, under the object's lock: null when they fit, and otherwise
    /// the outcome, refused (ETAG_REQUIRED) or stale.
    /// </summary>
    public static Outcome<T>? Mismatch<T>(string etag, Guid objectId, long revision)
    {
        if (etag.Length == 0)
            return new Outcome<T>.Refused("ETAG_REQUIRED", Required);

        return etag == Of(objectId, revision) ? null : new Outcome<T>.Stale();
    }
}
