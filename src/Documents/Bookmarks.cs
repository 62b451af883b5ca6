using System.Globalization;

namespace Delegation.Documents;

/// <summary>The headings of a document, as readers of PDF list them beside its pages: PDF 1.7, 12.3.3.</summary>
internal static class Bookmarks
{
    /// <summary>A heading and the number of the object of its page.</summary>
    internal sealed record Entry(Sheet.Heading Heading, int Page);

    /// <summary>Writes them.</summary>
    /// <returns>The number of the object of their list; null when there are none.</returns>
    public static int? Write(PdfObjects file, IReadOnlyList<Entry> entries)
    {
        if (entries.Count == 0)
            return null;

        // A heading that has none above it stands in the first row.
        var parts = new List<(Entry Head, List<Entry> Under)>();
        foreach (var entry in entries)
            if (entry.Heading.Level == 1 || parts.Count == 0)
                parts.Add((entry, []));
            else
                parts[^1].Under.Add(entry);

        var root = file.Reserve();
        var heads = parts.ConvertAll(_ => file.Reserve());
        foreach (var (index, (head, under)) in parts.Index())
        {
            var numbers = under.ConvertAll(_ => file.Reserve());
            foreach (var (place, entry) in under.Index())
                file.Set(numbers[place], Item(entry, heads[index], numbers, place, ""));

            // Closed: the reader opens it.
            var children = numbers.Count == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" /First {numbers[0]} 0 R /Last {numbers[^1]} 0 R /Count -{numbers.Count}");
            file.Set(heads[index], Item(head, root, heads, index, children));
        }

        file.Set(root, string.Create(CultureInfo.InvariantCulture, $"<< /Type /Outlines /First {heads[0]} 0 R /Last {heads[^1]} 0 R /Count {heads.Count} >>"));
        return root;
    }

    private static string Item(Entry entry, int parent, List<int> numbers, int place, string children)
    {
        var previous = place == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" /Prev {numbers[place - 1]} 0 R");
        var next = place == numbers.Count - 1 ? "" : string.Create(CultureInfo.InvariantCulture, $" /Next {numbers[place + 1]} 0 R");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"<< /Title {PdfText.Readable(entry.Heading.Text)} /Parent {parent} 0 R{previous}{next} /Dest [{entry.Page} 0 R /XYZ 0 {entry.Heading.Top:0.##} 0]{children} >>");
    }
}
