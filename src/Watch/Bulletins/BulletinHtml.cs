using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Delegation.Watch.V1;

namespace Delegation.Watch.Bulletins;

/// <summary>
/// A bulletin as a page: one file, without script and without anything from elsewhere, with headings, language and table heads that reading aloud needs. Whatever people or
/// sources wrote is written as text.
/// </summary>
internal static class BulletinHtml
{
    private const string Style =
        """
        :root{color-scheme:light}body{font:16px/1.5 system-ui,"Segoe UI",Roboto,"Helvetica Neue",sans-serif;color:#1b1f24;background:#fff;max-width:52rem;margin:0 auto;padding:1.5rem}
        h1{font-size:1.7rem;line-height:1.2;margin:0 0 .3rem}h2{font-size:1.3rem;margin:2.2rem 0 .6rem;padding-bottom:.2rem;border-bottom:3px solid #1d4f91}
        h3{font-size:1.05rem;margin:0 0 .4rem}.about{color:#4a5463;margin:.1rem 0}article{border:1px solid #ccd3dc;border-radius:6px;padding:1rem 1.2rem;margin:1rem 0}
        .day{display:inline-block;background:#1d4f91;color:#fff;border-radius:4px;padding:.05rem .5rem;font-size:.85rem;margin-bottom:.4rem}
        p{margin:.4rem 0;white-space:pre-line}dl{display:grid;grid-template-columns:max-content 1fr;gap:.15rem 1rem;margin:.6rem 0}dt{color:#4a5463}dd{margin:0}
        ul{margin:.3rem 0;padding-left:1.3rem}table{border-collapse:collapse;width:100%;margin:.6rem 0}caption{text-align:left;font-weight:600;padding:.3rem 0}
        th,td{text-align:left;vertical-align:top;border-bottom:1px solid #ccd3dc;padding:.35rem .6rem .35rem 0}a{color:#1d4f91}footer{margin-top:2.5rem;color:#4a5463;font-size:.85rem}
        @media print{article{break-inside:avoid}body{max-width:none}}
        """;

    // Letters with accents stay what they are; what means something in HTML does not.
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    public static string Of(BulletinRow bulletin)
    {
        var words = new BulletinWords(bulletin.Language);
        var entries = ProtoJson.ReadList<BulletinEntry>(bulletin.Entries);
        var summary = bulletin.ToSummary();
        var page = new StringBuilder();
        page.Append(
            $"""
            <!DOCTYPE html>
            <html lang="{words.Language}">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
            <meta name="referrer" content="no-referrer">
            <title>{Text(bulletin.Title)}</title>
            <style>{Style}</style>
            </head>
            <body>
            <header>
            <h1>{Text(bulletin.Title)}</h1>
            <p class="about">{Text(words.Period(summary.PeriodStartDay, summary.PeriodEndDay))} · {words.Of("version", "version")} {bulletin.Version} · {entries.Count} {words.Of("items", "sujets")}{words.Extract(bulletin)}</p>
            </header>
            <main>

            """);
        if (bulletin.Introduction.Length > 0)
            page.Append($"<p>{Text(bulletin.Introduction)}</p>\n");

        page.Append(Calendar(entries, words));
        foreach (var stream in entries.GroupBy(entry => entry.Stream))
        {
            page.Append($"<section aria-labelledby=\"s{(int)stream.Key}\">\n<h2 id=\"s{(int)stream.Key}\">{Text(words.Stream(stream.Key))}</h2>\n");
            foreach (var entry in stream)
                page.Append(Article(entry, words));
            page.Append("</section>\n");
        }

        page.Append($"</main>\n<footer>{Text(words.Of("Bulletin", "Livrable"))} {bulletin.Id}</footer>\n</body>\n</html>\n");
        return page.ToString().ReplaceLineEndings("\n");
    }

    // What has a day, in one look.
    private static string Calendar(IReadOnlyList<BulletinEntry> entries, BulletinWords words)
    {
        var dated = entries.Where(entry => entry.NextDay.Length > 0).OrderBy(entry => entry.NextDay, StringComparer.Ordinal).ToArray();
        if (dated.Length == 0)
            return "";

        var rows = string.Concat(dated.Select(entry =>
            $"<tr><td><time datetime=\"{Text(entry.NextDay)}\">{Text(words.Day(entry.NextDay))}</time></td><td><a href=\"#i{Text(entry.ItemId)}\">{Text(entry.Title)}</a></td><td>{Text(words.Stream(entry.Stream))}</td></tr>\n"));
        return $"""
            <table>
            <caption>{Text(words.Of("Calendar", "Calendrier"))}</caption>
            <thead><tr><th scope="col">{Text(words.Of("Day", "Échéance"))}</th><th scope="col">{Text(words.Of("Item", "Sujet"))}</th><th scope="col">{Text(words.Of("Stream", "Volet"))}</th></tr></thead>
            <tbody>
            {rows}</tbody>
            </table>

            """;
    }

    private static string Article(BulletinEntry entry, BulletinWords words)
    {
        var article = new StringBuilder($"<article id=\"i{Text(entry.ItemId)}\">\n");
        if (entry.NextDay.Length > 0)
            article.Append($"<span class=\"day\">{Text(words.Day(entry.NextDay))}</span>\n");
        article.Append($"<h3>{Text(entry.Title)}</h3>\n");
        if (entry.Summary.Length > 0)
            article.Append($"<p>{Text(entry.Summary)}</p>\n");
        article.Append("<dl>\n");
        foreach (var (name, value) in words.Facts(entry))
            article.Append($"<dt>{Text(name)}</dt><dd>{Text(value)}</dd>\n");
        article.Append("</dl>\n");
        if (entry.Actions.Count > 0)
            article.Append($"<p><strong>{Text(words.Of("Actions", "Actions"))}</strong></p>\n<ul>\n{string.Concat(entry.Actions.Select(action => $"<li>{Text(words.Action(action))}</li>\n"))}</ul>\n");
        // Addresses were let in as http and https only, and are looked at again: this page leaves the platform.
        if (Uri.TryCreate(entry.Link, UriKind.Absolute, out var link) && (link.Scheme is "http" or "https"))
            article.Append($"<p><a href=\"{Text(link.AbsoluteUri)}\" rel=\"noopener noreferrer nofollow\">{Text(words.Of("Read the text", "Lire le texte"))} ({Text(link.Host)})</a></p>\n");
        return article.Append("</article>\n").ToString();
    }

    private static string Text(string text) => Encoder.Encode(text);
}
