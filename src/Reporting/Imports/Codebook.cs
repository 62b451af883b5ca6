using System.Text;

namespace Delegation.Reporting.Imports;

/// <summary>
/// What the codes of a field stand for, by the bytes of its cells: a file has few of them and says each a million times, so each is looked up
/// folded once.
/// </summary>
/// <param name="codes">Folded code to what is stored.</param>
internal sealed class Codebook(IReadOnlyDictionary<string, string> codes)
{
    // A column of anything but codes must not fill the memory.
    private const int MostKept = 1000;

    private readonly Dictionary<byte[], byte[]?> _kept = new(BytesComparer.Instance);

    // Most lines have the code of the line before.
    private byte[] _last = [];
    private byte[]? _lastCode;

    /// <summary>The code in UTF-8; null where it stands for none.</summary>
    public byte[]? Find(ReadOnlySpan<byte> cell)
    {
        if (cell.SequenceEqual(_last) && _lastCode is not null)
            return _lastCode;
        if (_kept.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(cell, out var kept, out var known))
        {
            (_last, _lastCode) = (kept, known);
            return known;
        }

        var found = codes.TryGetValue(Folded.Of(Encoding.UTF8.GetString(cell)), out var code) ? Encoding.UTF8.GetBytes(code) : null;
        if (_kept.Count < MostKept)
            _kept[cell.ToArray()] = found;
        return found;
    }
}
