using System.Globalization;
using Delegation.Reporting.V1;

namespace Delegation.Reporting.Formats;

/// <summary>The words around the figures, in the language of the reader.</summary>
internal sealed class ReportWords(string language)
{
    public const string Total = "Total";

    public string ControlTotals => Of("Control totals", "Totaux de contrôle");

    public string Tables => Of("Tables", "Tableaux");

    public string Lines => Of("Lines", "Lignes");

    public string Title(ReportTable table) => View(table.View) is { Length: > 0 } view ? $"{Of(table.TitleEn, table.TitleFr)} – {view}" : Of(table.TitleEn, table.TitleFr);

    public string Title(ReportColumn column) => Of(column.TitleEn, column.TitleFr);

    public string Title(ReportChart chart) => Of(chart.TitleEn, chart.TitleFr);

    public string Title(ControlTotal control) => Of(control.TitleEn, control.TitleFr);

    public string Note(ReportTable table) => Of(table.NoteEn, table.NoteFr);

    /// <summary>What each copy of a table ends with, so that whoever reads it sees that nothing is missing.</summary>
    public string NofN(long shown, ReportTable table) => Of(
        $"{CellText.Count(shown)} of {CellText.Count(table.LineCount)} lines", $"{CellText.Count(shown)} sur {CellText.Count(table.LineCount)} lignes");

    /// <summary>What the report is, one line each: name and value.</summary>
    public IEnumerable<(string Name, string Value)> Head(PublishedReport report)
    {
        var content = report.Content;
        yield return (Of("Report", "Reporting"), content.Kind == "technical" ? Of("Technical", "Technique") : Of("Operational", "Opérationnel"));
        yield return (Of("Period", "Période"), Of($"{content.PeriodStartDay} to {content.PeriodEndDay}", $"du {French(content.PeriodStartDay)} au {French(content.PeriodEndDay)}"));
        yield return (Of("As seen at", "Vision au"), Of(content.ValuationDay, French(content.ValuationDay)));
        yield return (Of("Version", "Version"), report.Version.Reason.Length == 0 ? $"{content.Version}" : $"{content.Version} – {report.Version.Reason}");
        yield return (Of("Published", "Publié le"), report.Version.PublishTime.ToDateTime().ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture));
        foreach (var source in content.Sources)
            yield return (Of("Import", "Import"), $"{Named(source.Kind)} {source.ImportId}");
        yield return (Of("Seal (SHA-256 of the JSON form)", "Scellement (SHA-256 de la forme JSON)"), report.Version.Sha256);
    }

    private string View(ReportView view) => view switch
    {
        ReportView.Accounting => Of("accounting view", "vision comptable"),
        ReportView.Occurrence => Of("occurrence view", "vision survenance"),
        _ => "",
    };

    private string Named(Import.Types.Kind kind) => kind switch
    {
        Import.Types.Kind.Premiums => Of("premiums", "cotisations"),
        Import.Types.Kind.Benefits => Of("benefits", "prestations"),
        Import.Types.Kind.Membership => Of("membership", "effectifs"),
        Import.Types.Kind.NoemieLinks => Of("NOEMIE links", "rattachements NOEMIE"),
        Import.Types.Kind.NoemieRejections => Of("rejected links", "rejets de rattachement"),
        Import.Types.Kind.AccountingDays => Of("accounting days", "journées comptables"),
        Import.Types.Kind.QualitySamples => Of("samples of quality", "échantillons de qualité"),
        _ => Of("operations", "opérations"),
    };

    private string Of(string english, string french) => language == "fr" ? french : english;

    private static string French(string day) => string.Join('/', day.Split('-').Reverse());
}
