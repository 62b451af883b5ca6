using System.Globalization;
using System.Text;

namespace Delegation.Documents;

/// <summary>
/// The objects of a PDF file, and the file that they make: PDF 1.7, 7.5. Nothing is compressed, for compressors differ between machines and
/// the file must not.
/// </summary>
internal sealed class PdfObjects
{
    private readonly List<byte[]> _objects = [];

    /// <summary>Takes a number for an object that is set later.</summary>
    public int Reserve()
    {
        _objects.Add([]);
        return _objects.Count;
    }

    public void Set(int number, string text) => _objects[number - 1] = Encoding.Latin1.GetBytes(text);

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
        _objects[number - 1] = [.. head, .. bytes, .. "\nendstream"u8];
        return number;
    }

    /// <summary>The file.</summary>
    /// <param name="root">The number of its catalogue.</param>
    /// <param name="info">The number of what is said about it.</param>
    /// <param name="id">Identifies it.</param>
    public byte[] ToFile(int root, int info, Guid id)
    {
        using var file = new MemoryStream();
        var places = new List<long>();

        // The four bytes tell programs that the file is no text.
        Write("%PDF-1.7\n%\u00E2\u00E3\u00CF\u00D3\n");
        foreach (var (index, content) in _objects.Index())
        {
            places.Add(file.Position);
            Write(string.Create(CultureInfo.InvariantCulture, $"{index + 1} 0 obj\n"));
            file.Write(content);
            Write("\nendobj\n");
        }

        var table = file.Position;
        Write(string.Create(CultureInfo.InvariantCulture, $"xref\n0 {places.Count + 1}\n0000000000 65535 f \n"));
        foreach (var place in places)
            Write(string.Create(CultureInfo.InvariantCulture, $"{place:0000000000} 00000 n \n"));

        Write(string.Create(
            CultureInfo.InvariantCulture,
            $"trailer\n<< /Size {places.Count + 1} /Root {root} 0 R /Info {info} 0 R /ID [<{id:N}> <{id:N}>] >>\nstartxref\n{table}\n%%EOF\n"));
        return file.ToArray();

        void Write(string text) => file.Write(Encoding.Latin1.GetBytes(text));
    }
}
