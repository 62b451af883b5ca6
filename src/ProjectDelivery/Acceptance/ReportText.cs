using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Delegation.Access.V1;
using Delegation.Delivery.V1;
using Delegation.ServiceDefaults.Fields;
using static System.FormattableString;
using Kind = Delegation.Delivery.V1.Campaign.Types.Kind;
using State = Delegation.Delivery.V1.Anomaly.Types.State;

namespace Delegation.ProjectDelivery.Acceptance;

/// <summary>
/// The text of a report: what both sides read, and what they sign. The same facts give the same text, to the byte, on every machine and at
/// every time: that is how one finds out whether they moved.
/// </summary>
internal static class ReportText
{
    /// <summary>The report in words, with line feeds only.</summary>
    public static string Of(ReportFacts facts)
    {
        var text = new StringBuilder();
        text.Line(facts.Campaign is null ? "PROCÈS-VERBAL D'HOMOLOGATION" : "PROCÈS-VERBAL DE RECETTE").Line("");
        text.Line($"Projet : {facts.Project.Name} ({facts.Project.Id})").Line($"Délégation : {facts.Project.DelegationId}");
        if (facts.Campaign is { } campaign)
            text.Campaign(campaign, facts);
        else
            text.Campaigns(facts.Campaigns);

        text.Line("").Line(Invariant($"RÉSERVES ({facts.Anomalies.Count})"));
        foreach (var anomaly in facts.Anomalies)
            text.Line(Reserve(anomaly));

        text.Line("").Line("CONCLUSION");
        text.Line(facts.Anomalies.Count == 0 ? "Prononcé sans réserve." : Invariant($"Prononcé avec {facts.Anomalies.Count} réserve(s), aucune n'étant bloquante."));
        return text.ToString().Normalize();
    }

    /// <summary>The hash of a text as signatories send it: SHA-256 of its UTF-8, in lowercase hexadecimal digits.</summary>
    public static string Sha256(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static void Campaign(this StringBuilder text, CampaignRow campaign, ReportFacts facts)
    {
        text.Line($"Campagne : {campaign.Name} ({campaign.Id})").Line($"Niveau de test : {Level(campaign.Kind)}");
        text.Line($"Période : du {Day(campaign.FirstDay)} au {Day(campaign.LastDay)}").Line($"Partie qui recette : {Party(campaign.Tests)}");

        text.Line("").Line(Invariant($"CAS ({facts.Cases.Count})"));
        foreach (var tried in facts.Cases)
            text.Line(Invariant($"- {tried.Title} ({tried.Id}, révision {tried.Revision}) ; frais réels {Euros(tried.SpentCents)} ; AMO {Euros(tried.AmoCents)} ; ")
                      + $"AMC attendu {Euros(tried.ExpectedCents)} : {Result(tried.Result)}");

        text.Line("").Line(Invariant($"PASSAGES ({facts.Runs.Count})"));
        foreach (var run in facts.Runs)
            text.Line(Invariant($"- {Instant(run.RunTime)} ; cas {run.CaseId}, révision {run.CaseRevision} ; attendu {Euros(run.ExpectedCents)} ; ")
                      + $"obtenu {(run.ActualCents is { } actual ? Euros(actual) : "néant")} : {Result(run.Result)} ; {run.TesterSide switch { "insurer" => "assureur", _ => "délégataire" }}, {run.TesterId}");
    }

    private static void Campaigns(this StringBuilder text, IReadOnlyList<ReportedCampaign> campaigns)
    {
        text.Line("").Line(Invariant($"PROCÈS-VERBAUX DE RECETTE ({campaigns.Count})"));
        foreach (var campaign in campaigns)
            text.Line(Invariant($"- {campaign.Name} ({campaign.Id}) ; {campaign.CaseCount} cas, {campaign.RunCount} passages ; procès-verbal {campaign.ReportId}, ")
                      + $"scellé le {(campaign.SealTime is { } time ? Instant(time) : "")}, SHA-256 {campaign.TextSha256}");
    }

    private static string Reserve(AnomalyRow anomaly)
    {
        var until = anomaly.DueDay is { } day ? $" au plus tard le {Day(day)}" : "";
        var agreed = anomaly.Reserve.Length > 0 ? $" ; réserve : {anomaly.Reserve.ReplaceLineEndings(" ")}" : "";
        return $"- [{Severity(anomaly.Hurts)}, {Word(anomaly.In)}] {anomaly.Title} ({anomaly.Id}), cas {anomaly.CaseId} ; à corriger par : {Party(anomaly.Fixer)}{until}{agreed}";
    }

    private static string Level(string kind) => Persistence.Stored.StoredNames.Read<Kind>(kind) switch
    {
        Kind.Unit => "tests unitaires",
        Kind.Integration => "intégration",
        Kind.EndToEnd => "bout en bout",
        _ => "volumétrie",
    };

    private static string Result(string? result) => result switch
    {
        "passed" => "réussi",
        "failed" => "en échec",
        "blocked" => "bloqué",
        _ => "à passer",
    };

    private static string Severity(AnomalySeverity severity) => severity switch
    {
        AnomalySeverity.Blocking => "bloquante",
        AnomalySeverity.Major => "majeure",
        _ => "mineure",
    };

    private static string Word(State state) => state switch
    {
        State.Open => "ouverte",
        State.Fixed => "corrigée",
        State.Retested => "retestée",
        _ => "acceptée avec réserve",
    };

    private static string Party(Side side) => side == Side.Insurer ? "assureur" : "délégataire";

    private static string Day(DateOnly day) => DayField.Write(day);

    private static string Instant(DateTime time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    private static string Euros(long cents) => EuroField.InWords(cents).French;

    // Not AppendLine: its line end is the machine's.
    private static StringBuilder Line(this StringBuilder text, string line) => text.Append(line).Append('\n');
}
