using System.Security.Cryptography;
using System.Text;

namespace Delegation.Documents.Tests;

public sealed class Files
{
    [Fact]
    public void The_same_document_is_the_same_file_to_the_byte()
    {
        var first = PdfFile.Of(Samples.Long());
        Thread.Sleep(1100);

        Assert.True(first.Bytes.Span.SequenceEqual(PdfFile.Of(Samples.Long()).Bytes.Span));
        Assert.False(first.Bytes.Span.SequenceEqual(PdfFile.Of(Samples.Long() with { Footer = "Autre" }).Bytes.Span));
    }

    /// <summary>The file as it was made elsewhere and before: what was signed can be made again.</summary>
    [Fact]
    public void The_same_document_is_the_same_file_on_every_machine() => Assert.Equal(
        "aaf3b307222e80685fbabb4a2ed7b1705345f789d34d86f0a52d4de7ae57936c", Convert.ToHexStringLower(SHA256.HashData(PdfFile.Of(Samples.Long(sections: 2)).Bytes.Span)));

    [Fact]
    public async Task Documents_may_be_written_at_the_same_time()
    {
        var files = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => PdfFile.Of(Samples.Long(sections: 3)))));

        Assert.All(files, file => Assert.True(file.Bytes.Span.SequenceEqual(files[0].Bytes.Span)));
    }

    [Fact]
    public void A_reader_finds_every_word_with_its_accents_on_its_page()
    {
        var file = PdfFile.Of(Samples.Long());
        var pages = new ReadFile(file.Bytes).Pages().ToArray();

        Assert.Equal(file.Pages, pages.Length);
        Assert.Contains(Samples.French, pages[0].Replace('\u00A0', ' ').Replace('\n', ' '), StringComparison.Ordinal);
        Assert.All(pages, page => Assert.Contains($"/ {pages.Length}", page, StringComparison.Ordinal));
        Assert.All(pages.Skip(1), page => Assert.Contains("Mutuelle de l'Été", page, StringComparison.Ordinal));
        Assert.Contains("Annexe n° 80", pages[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void It_brings_what_it_needs_of_its_fonts_and_no_more()
    {
        var file = PdfFile.Of(Samples.Of(new Block.Paragraph("Été (1\\2)")));
        var text = Encoding.Latin1.GetString(file.Bytes.Span);

        Assert.Equal(1, file.Pages);
        Assert.Contains("/FontFile2", text, StringComparison.Ordinal);
        Assert.InRange(file.Bytes.Length, 20_000, 60_000);
        Assert.StartsWith("Été (1\\2)", new ReadFile(file.Bytes).Pages().Single(), StringComparison.Ordinal);
    }
}
