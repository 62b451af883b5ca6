using System.Buffers;
using System.Globalization;
using System.Text;

namespace Delegation.Documents;

/// <summary>
/// The objects of a PDF file, and the file that they make: PDF 1.7, 7.5. Nothing is compressed, for compressors differ between machines and
/// the file must not.
/// </summary>
internal sealed class PdfObjects
{
    private readonly List<byte[]?> _objects = [];
    private readonly List<long> _places = [];
    private readonly List<int> _set = [];
    private readonly ArrayBufferWriter<byte> _file = new();
    private long _taken;

    /// <summary>Takes a number for an object that is set later.</summary>
    public int Reserve()
    {
        _objects.Add(null);
        _places.Add(-1);
        return _objects.Count;
    }

    public void Set(int number, string text) => Set(number, Encoding.Latin1.GetBytes(text));

    public int Add(string text)
    {
        var number = Reserve();
        Set(number, text);
        return number;
    }

    /// <summary>Adds a stream.</summary>
    /// <param name="entries">Of its dictionary, beside its length.</param>
    /// <param name="bytes">Of the stream.</param>
    public int Add(string entries, byte[] bytes)
    {
        var head = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"<< /Length {bytes.Length} {entries} >>\nstream\n"));
        var number = Reserve();
        Set(number, [.. head, .. bytes, .. "\nendstream"u8]);
        return number;
    }

    /// <summary>The beginning of the file, as far as its objects are set, and what follows of it at the next call: a long file is never in memory as a whole.</summary>
    public byte[] Take()
    {
        foreach (var number in _set)
            Write(number);

        _set.Clear();
        var part = _file.WrittenSpan.ToArray();
        _taken += part.Length;
        _file.ResetWrittenCount();
        return part;
    }

    /// <summary>The rest of the file; all of it where nothing was taken before.</summary>
    /// <param name="root">The number of its catalogue.</param>
    /// <param name="info">The number of what is said about it.</param>
    /// <param name="id">Identifies it.</param>
    public byte[] ToFile(int root, int info, Guid id)
    {
        for (var number = 1; number <= _objects.Count; number++)
            if (_places[number - 1] < 0)
                Write(number);

        var table = _taken + _file.WrittenCount;
        Write(string.Create(CultureInfo.InvariantCulture, $"xref\n0 {_places.Count + 1}\n0000000000 65535 f \n"));
        foreach (var place in _places)
            Write(string.Create(CultureInfo.InvariantCulture, $"{place:0000000000} 00000 n \n"));

        Write(string.Create(
            CultureInfo.InvariantCulture,
            $"trailer\n<< /Size {_places.Count + 1} /Root {root} 0 R /Info {info} 0 R /ID [<{id:N}> <{id:N}>] >>\nstartxref\n{table}\n%%EOF\n"));
        return _file.WrittenSpan.ToArray();
    }

    private void Set(int number, byte[] content)
    {
        _objects[number - 1] = content;
        _set.Add(number);
    }

    private void Write(int number)
    {
        // The four bytes tell programs that the file is no text.
        if (_taken + _file.WrittenCount == 0)
            Write("%PDF-1.7\n%\u00E2\u00E3\u00CF\u00D3\n");

        _places[number - 1] = _taken + _file.WrittenCount;
        Write(string.Create(CultureInfo.InvariantCulture, $"{number} 0 obj\n"));
        _file.Write(_objects[number - 1].AsSpan());
        Write("\nendobj\n");
        _objects[number - 1] = null;
    }

    private void Write(string text) => _file.Write(Encoding.Latin1.GetBytes(text));
}
