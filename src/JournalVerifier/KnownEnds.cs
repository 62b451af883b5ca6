using System.Globalization;
using Delegation.Persistence.Journal;

namespace Delegation.JournalVerifier;

/// <summary>The ends of the owners' chains in a file: a line for each, of position and hash.</summary>
internal static class KnownEnds
{
    /// <exception cref="FormatException">A line has another form.</exception>
    public static IReadOnlyList<ChainAnchor> Read(string? file) =>
        file is null || !File.Exists(file) ? [] : [.. File.ReadLines(file).Where(line => line.Length > 0).Select(Parse)];

    public static void Write(string? file, IReadOnlyList<ChainAnchor> ends)
    {
        if (file is null)
            return;

        // Beside its place first: a file that was cut short would make the next verification prove less.
        File.WriteAllLines(file + ".new", ends.Select(end => string.Create(CultureInfo.InvariantCulture, $"{end.Position} {Convert.ToHexStringLower(end.Hash.Span)}")));
        File.Move(file + ".new", file, overwrite: true);
    }

    private static ChainAnchor Parse(string line) => line.Split(' ') is [var position, { Length: 64 } hash]
        ? new ChainAnchor(long.Parse(position, CultureInfo.InvariantCulture), Convert.FromHexString(hash))
        : throw new FormatException($"'{line}' is not a position and a hash of 64 hexadecimal digits.");
}
