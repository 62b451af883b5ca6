using System.Security.Cryptography;
using Delegation.Reporting.V1;

namespace Delegation.Reporting.Formats;

/// <summary>What seals a report: the SHA-256 of its JSON form, which anybody can compute of the file that they downloaded.</summary>
internal sealed record Seal(string Sha256, long SizeBytes)
{
    public static async Task<Seal> OfAsync(ReportContent content, Func<string, IAsyncEnumerable<ReportLine>> lines, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var size = 0L;
        await foreach (var part in JsonText.WriteAsync(content, lines).WithCancellation(cancellationToken))
        {
            hash.AppendData(part);
            size += part.Length;
        }

        return new Seal(Convert.ToHexStringLower(hash.GetHashAndReset()), size);
    }
}
