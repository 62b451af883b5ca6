using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Delegation.Documents.Tests;

/// <summary>Reads a file as a reader of PDF does: by its table of objects, and text by the map of its font.</summary>
internal sealed partial class ReadFile
{
    private readonly Dictionary<int, string> _objects = [];

    public ReadFile(ReadOnlyMemory<byte> bytes)
    {
        var file = Encoding.Latin1.GetString(bytes.Span);
        var table = int.Parse(file[(file.LastIndexOf("startxref", StringComparison.Ordinal) + 10)..].Split('\n')[0], CultureInfo.InvariantCulture);
        var lines = file[table..].Split('\n');
        var count = int.Parse(lines[1].Split(' ')[1], CultureInfo.InvariantCulture);
        var places = lines[3..(2 + count)].Select(line => int.Parse(line[..10], CultureInfo.InvariantCulture)).Append(table).ToArray();
        // A long file is written before its first objects are known: what follows an object need not be the next number.
        var ends = places.Order().ToArray();
        for (var number = 1; number < count; number++)
        {
            var start = string.Create(CultureInfo.InvariantCulture, $"{number} 0 obj\n");
            var text = file[places[number - 1]..ends[Array.BinarySearch(ends, places[number - 1]) + 1]];
            Assert.StartsWith(start, text, StringComparison.Ordinal);
            _objects[number] = text[start.Length..];
        }
    }

    /// <summary>The text of each page, one line for each line of it.</summary>
    public IEnumerable<string> Pages()
    {
        var fonts = FontOf().Matches(_objects.Values.Single(text => text.StartsWith("<< /Font", StringComparison.Ordinal)))
            .ToDictionary(match => match.Groups[1].Value, match => Signs(_objects[Number(ToUnicode(), _objects[int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture)])]));

        foreach (var page in _objects.Values.Where(text => text.StartsWith("<< /Type /Page ", StringComparison.Ordinal)))
            yield return string.Join('\n', Lines().Matches(_objects[Number(Contents(), page)]).Select(line => Text(line.Groups[2].Value, fonts[line.Groups[1].Value])));
    }

    private static int Number(Regex regex, string text) => int.Parse(regex.Match(text).Groups[1].Value, CultureInfo.InvariantCulture);

    private static Dictionary<int, string> Signs(string map) => Sign().Matches(map).ToDictionary(
        match => int.Parse(match.Groups[1].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture),
        match => Encoding.BigEndianUnicode.GetString(Convert.FromHexString(match.Groups[2].Value)));

    private static string Text(string written, Dictionary<int, string> signs)
    {
        var bytes = Escaped().Replace(written, match => match.Groups[1].Value == "r" ? "\r" : match.Groups[1].Value);
        return string.Concat(bytes.Chunk(2).Select(pair => signs[(pair[0] << 8) | pair[1]]));
    }

    [GeneratedRegex(@"/(F\d) (\d+) 0 R")]
    private static partial Regex FontOf();

    [GeneratedRegex(@"/ToUnicode (\d+) 0 R")]
    private static partial Regex ToUnicode();

    [GeneratedRegex(@"/Contents (\d+) 0 R")]
    private static partial Regex Contents();

    [GeneratedRegex(@"BT /(F\d) \S+ Tf \S+ \S+ Td \(((?:[^\\)]|\\.)*)\) Tj ET", RegexOptions.Singleline)]
    private static partial Regex Lines();

    [GeneratedRegex(@"<([0-9A-F]{4})> <([0-9A-F]+)>")]
    private static partial Regex Sign();

    [GeneratedRegex(@"\\(.)", RegexOptions.Singleline)]
    private static partial Regex Escaped();
}
