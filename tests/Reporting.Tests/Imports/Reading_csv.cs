using System.Text;
using Delegation.Reporting.Imports;
using FsCheck;
using FsCheck.Fluent;

namespace Delegation.Reporting.Tests.Imports;

public sealed class Reading_csv
{
    [Fact]
    public void What_was_written_is_read_again_whatever_the_pieces_it_comes_in() =>
        Prop.ForAll(Tables().ToArbitrary(), Gen.Choose(1, 9).ToArbitrary(), (table, length) =>
            Read(table.Text, table.Separator, length).Records.Select(record => record.Cells).SequenceEqual(table.Rows, new SameCells())).QuickCheckThrowOnFailure();

    [Fact]
    public void The_pieces_make_no_difference_for_any_text_at_all() =>
        Prop.ForAll(Noise().ToArbitrary(), Gen.Choose(1, 9).ToArbitrary(), (text, length) =>
            Shown(Read(text, ';', length)) == Shown(Read(text, ';', int.MaxValue))).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("a;b\nc;d", "1:a|b 2:c|d")]
    [InlineData("a;b\r\nc;d\r\n", "1:a|b 2:c|d")]
    [InlineData("a\rb\r", "1:a 2:b")]
    [InlineData("\"a;\"\"b\"\"\nc\";d\ne", "1:a;\"b\"\nc|d 3:e")]
    [InlineData("a\n\n\nb", "1:a 2: 3: 4:b")]
    [InlineData("a;\n;b", "1:a| 2:|b")]
    [InlineData("\"a\"x;b", "1:ax|b!")]
    [InlineData("a\"b;c", "1:a\"b|c")]
    public void Lines_and_quotes_are_those_of_the_format(string text, string expected) => Assert.Equal(expected, Shown(Read(text, ';', 3)));

    [Fact]
    public void A_quote_that_nobody_closes_is_told_with_the_line_on_which_it_opens()
    {
        Assert.Equal(2, Broken("a;b\nc;\"d\ne\nf"));
        Assert.Equal(2, Broken($"a\n\"{new string('x', CsvReader.LongestRecord + 1)}"));
        Assert.Equal(1, Broken(new string(';', CsvReader.LongestRecord + 1)));
        Assert.Null(Broken($"a\n{string.Concat(Enumerable.Repeat("0123456789\n", CsvReader.LongestRecord))}"));
    }

    [Theory]
    [InlineData("a;b;c,d\n", ';')]
    [InlineData("a,b\n1;2;3;4", ',')]
    [InlineData("\"a;b;c\",d", ',')]
    [InlineData("a", ';')]
    public void The_header_tells_the_separator(string head, char separator) => Assert.Equal(separator, Separators.Of(head));

    [Theory]
    [InlineData(" Référence_Dossier ", "reference dossier")]
    [InlineData("N° DE CŒUR", "n de coeur")]
    [InlineData("re\u0301ception", "reception")]
    [InlineData("--", "")]
    public void Headers_are_compared_without_case_accents_and_what_stands_between_words(string header, string folded) => Assert.Equal(folded, Folded.Of(header));

    private static (List<Record> Records, long? BrokenLine) Read(string text, char separator, int length)
    {
        using var pieces = new Pieces(Encoding.UTF8.GetBytes(text), length);
        var reader = new CsvReader(pieces, separator);
        var records = new List<Record>();
        while (reader.ReadAsync(default).AsTask().GetAwaiter().GetResult())
            records.Add(new Record(reader.Line, reader.Texts(), reader.QuotesMalformed));
        return (records, reader.BrokenLine);
    }

    private static long? Broken(string text) => Read(text, ';', int.MaxValue).BrokenLine;

    private static string Shown((List<Record> Records, long? BrokenLine) read) =>
        string.Join(' ', read.Records.Select(record => $"{record.Line}:{string.Join('|', record.Cells)}{(record.QuotesMalformed ? "!" : "")}")) + (read.BrokenLine is null ? "" : "?");

    private static Gen<Table> Tables() =>
        from separator in Gen.Elements(';', ',')
        from lineEnd in Gen.Elements("\n", "\r\n", "\r")
        from width in Gen.Choose(1, 4)
        from rows in Gen.Elements('a', 'é', ';', ',', '"', '\n', '\r', ' ').ArrayOf().Select(characters => new string(characters)).ArrayOf(width).NonEmptyListOf()
        select new Table(string.Concat(rows.Select(row => string.Join(separator, row.Select(Quoted)) + lineEnd)), separator, [.. rows]);

    private static Gen<string> Noise() => Gen.Elements('a', ';', '"', '\n', '\r').ArrayOf().Select(characters => new string(characters));

    private static string Quoted(string cell) => $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private sealed record Record(long Line, string[] Cells, bool QuotesMalformed);

    /// <summary>Bytes that come a few at a time.</summary>
    private sealed class Pieces(byte[] bytes, int length) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            ValueTask.FromResult(Read(buffer.Span[..Math.Min(length, buffer.Length)]));
    }

    private sealed record Table(string Text, char Separator, string[][] Rows);

    private sealed class SameCells : IEqualityComparer<string[]>
    {
        public bool Equals(string[]? x, string[]? y) => x!.SequenceEqual(y!);

        public int GetHashCode(string[] obj) => obj.Length;
    }
}
