using System.Globalization;
using Delegation.Access.V1;
using Delegation.ServiceDefaults.Errors;
using Delegation.Watch.V1;
using Kind = Delegation.Watch.V1.ItemDecision.Types.Kind;
using Stage = Delegation.Watch.V1.Assessment.Types.Stage;
using Status = Delegation.Watch.V1.Item.Types.Status;
using Stream = Delegation.Watch.V1.Item.Types.Stream;

namespace Delegation.Watch.Bulletins;

/// <summary>What the two forms of a bulletin say beside what people wrote, in its language.</summary>
internal sealed class BulletinWords(string language)
{
    // The platform runs without the cultures of the machine.
    private static readonly string[] FrenchMonths =
        ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"];

    public string Language => language;

    public string Of(string english, string french) => new LocalizedText(english, french).In(language);

    public string Stream(Stream stream) => stream switch
    {
        Item.Types.Stream.Regulatory => Of("Regulatory", "Réglementaire"),
        Item.Types.Stream.Market => Of("Market", "Marché"),
        _ => Of("Technology", "Technologie"),
    };

    public string Day(string day) => !DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var read) ? day
        : language == "fr" ? string.Create(CultureInfo.InvariantCulture, $"{read.Day}{(read.Day == 1 ? "er" : "")} {FrenchMonths[read.Month - 1]} {read.Year}")
        : read.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);

    public string Period(string start, string end) => Of($"From {Day(start)} to {Day(end)}", $"Du {Day(start)} au {Day(end)}");

    /// <summary>What the head line of an extract ends with.</summary>
    public string Extract(BulletinRow bulletin) => bulletin.IsExtract ? Of(" · extract", " · extrait") : "";

    public string Side(Side side) => side == Access.V1.Side.Insurer ? Of("insurer", "assureur") : Of("delegate", "délégataire");

    /// <summary>Names and values of what is known of an entry, in the order in which people look for it.</summary>
    public IReadOnlyList<(string Name, string Value)> Facts(BulletinEntry entry) =>
    [
        .. new (string Name, string Value)[]
        {
            (Of("Deadline", "Date limite"), Day(entry.DeadlineDay)),
            (Of("In force", "Entrée en vigueur"), Day(entry.EffectDay)),
            (Of("Tolerated until", "Tolérance jusqu'au"), Day(entry.ToleranceDay)),
            (Of("Published", "Publication"), Day(entry.PublicationDay)),
            (Of("Reference", "Référence"), entry.Reference),
            (Of("Status", "Statut"), Status(entry.Status)),
            (Of("Certainty", "Certitude"), entry.Certainty == Item.Types.Certainty.Uncertain ? Of("to be confirmed", "à confirmer") : ""),
            (Of("Impact (1 to 4)", "Impact (1 à 4)"), Ratings(entry.Assessment)),
            (Of("Stage", "Étape"), StageOf(entry.Assessment?.Stage ?? Stage.Unspecified)),
            (Of("Decision", "Décision"), Decision(entry.Decision)),
            (Of("Sources", "Sources"), string.Join(", ", entry.Sources)),
        }.Where(fact => fact.Value.Length > 0),
    ];

    public string Action(BulletinAction action) => Of(
        $"{action.Title} – {Side(action.Side)}, by {Day(action.DueDay)}{(action.Done ? " (done)" : "")}",
        $"{action.Title} – {Side(action.Side)}, pour le {Day(action.DueDay)}{(action.Done ? " (fait)" : "")}");

    private string Status(Status status) => status switch
    {
        Item.Types.Status.Draft => Of("draft", "projet"),
        Item.Types.Status.Adopted => Of("adopted", "adopté"),
        Item.Types.Status.Published => Of("published", "publié"),
        Item.Types.Status.InForce => Of("in force", "en vigueur"),
        Item.Types.Status.Annulled => Of("annulled", "annulé"),
        Item.Types.Status.Contested => Of("contested", "contesté"),
        _ => "",
    };

    private string Ratings(Assessment? assessment) => assessment is null ? "" : string.Join(
        ", ",
        new (string Name, int Rating)[]
        {
            (Of("business", "métier"), assessment.Business), (Of("systems", "SI"), assessment.Systems), (Of("contracts", "contractuel"), assessment.Contracts),
            (Of("finance", "financier"), assessment.Finance), (Of("data", "données"), assessment.Data), (Of("need", "besoin"), assessment.Need),
            (Of("benefit", "bénéfice"), assessment.Benefit), (Of("gain", "gain"), assessment.Gain), (Of("quality", "qualité"), assessment.Quality),
        }.Where(axis => axis.Rating > 0).Select(axis => string.Create(CultureInfo.InvariantCulture, $"{axis.Name} {axis.Rating}")));

    private string StageOf(Stage stage) => stage switch
    {
        Stage.Proposal => Of("proposal", "proposition"),
        Stage.Pilot => Of("pilot", "pilote"),
        Stage.Adoption => Of("adoption", "adoption"),
        _ => "",
    };

    private string Decision(Kind kind) => kind switch
    {
        Kind.NoChange => Of("no change", "sans suite"),
        Kind.Act => Of("actions", "actions"),
        Kind.Amend => Of("amendment of the contract", "avenant au contrat"),
        Kind.Adopt => Of("adopted", "adoption"),
        Kind.Drop => Of("dropped", "abandon"),
        _ => "",
    };
}
