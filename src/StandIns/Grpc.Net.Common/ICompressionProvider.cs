using System.IO.Compression;

namespace Grpc.Net.Compression;

/// <summary>A compression of messages, by its name on the wire.</summary>
public interface ICompressionProvider
{
    /// <summary>The name in <c>grpc-encoding</c> and <c>grpc-accept-encoding</c>.</summary>
    string EncodingName { get; }

    /// <summary>A stream that compresses into another one, which stays open.</summary>
    /// <param name="stream">Where the compressed bytes go.</param>
    /// <param name="compressionLevel">How hard to try; null for the provider's own choice.</param>
    Stream CreateCompressionStream(Stream stream, CompressionLevel? compressionLevel);

    /// <summary>A stream that decompresses another one, which stays open.</summary>
    /// <param name="stream">Where the compressed bytes come from.</param>
    Stream CreateDecompressionStream(Stream stream);
}
