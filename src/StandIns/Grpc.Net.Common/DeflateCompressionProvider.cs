using System.IO.Compression;

namespace Grpc.Net.Compression;

/// <summary>Compresses messages with what gRPC calls deflate: the zlib format of RFC 1950, not bare RFC 1951.</summary>
/// <param name="defaultCompressionLevel">How hard to try when a call does not say.</param>
/// <seealso href="https://github.com/grpc/grpc/blob/master/doc/compression.md"/>
public sealed class DeflateCompressionProvider(CompressionLevel defaultCompressionLevel) : ICompressionProvider
{
    /// <inheritdoc/>
    public string EncodingName => "deflate";

    /// <inheritdoc/>
    public Stream CreateCompressionStream(Stream stream, CompressionLevel? compressionLevel) =>
        new ZLibStream(stream, compressionLevel ?? defaultCompressionLevel, leaveOpen: true);

    /// <inheritdoc/>
    public Stream CreateDecompressionStream(Stream stream) => new ZLibStream(stream, CompressionMode.Decompress, leaveOpen: true);
}
