using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.Watch.V1;

namespace Delegation.Watch.Items;

/// <summary>What people say of an item.</summary>
internal sealed record ItemDetailsFields(
    string Stream,
    string Title,
    string Summary,
    string Reference,
    string Link,
    string? Status,
    DateOnly? PublicationDay,
    DateOnly? EffectDay,
    DateOnly? DeadlineDay,
    DateOnly? ToleranceDay,
    string Certainty)
{
    public const int TitleLength = 300;
    public const int SummaryLength = 4000;
    public const int ReferenceLength = 200;
    public const int LinkLength = 2000;

    private static readonly FieldViolation Required = new(
        "details", "DETAILS_REQUIRED", new("What the item is about is missing.", "L'objet du sujet n'est pas renseigné."),
        new("Give its details, or the id of an item that all see.", "Indiquez ses éléments, ou l'identifiant d'un sujet commun."));

    private static readonly FieldViolation StatusUnknown = new(
        "details.status", "STATUS_UNKNOWN", new("This status is not known.", "Ce statut n'est pas connu."),
        new("Choose one of the contract, or nothing.", "Choisissez l'un de ceux du contrat d'interface, ou rien."));

    private static readonly FieldViolation CertaintyUnknown = new(
        "details.certainty", "CERTAINTY_UNKNOWN", new("This certainty is not known.", "Ce degré de certitude n'est pas connu."),
        new("Choose CONFIRMED or UNCERTAIN, or nothing.", "Choisissez CONFIRMED (confirmé) ou UNCERTAIN (incertain), ou rien."));

    private static readonly FieldViolation ToleranceTooEarly = new(
        "details.tolerance_day", "TOLERANCE_DAY_TOO_EARLY",
        new("The tolerance would end before the text holds.", "La tolérance prendrait fin avant que le texte ne s'applique."),
        new("Give a day after the day of effect and the deadline.", "Indiquez un jour postérieur à l'entrée en vigueur et à la date limite."));

    /// <summary>By what the item can be found again.</summary>
    public Seen Seen => new(Title, Reference, Identifiers.In($"{Title}\n{Reference}\n{Link}"), Link, PublicationDay, EffectDay);

    /// <summary>Null with violations.</summary>
    public static ItemDetailsFields? Read(ItemDetails? details, ICollection<FieldViolation> violations)
    {
        if (details is null)
        {
            violations.Add(Required);
            return null;
        }

        var before = violations.Count;
        ChoiceField.Check("details.stream", details.Stream, violations);
        var title = TextField.ReadLine("details.title", details.Title, TitleLength, violations);
        var summary = TextField.ReadText("details.summary", details.Summary, SummaryLength, violations);
        var reference = OptionalLine.Read("details.reference", details.Reference, ReferenceLength, violations);
        var link = LinkField.Read("details.link", details.Link, violations);
        if (details.Status != Item.Types.Status.Unspecified && details.Status.StoredIfKnown() is null)
            violations.Add(StatusUnknown);
        var publication = DayField.ReadOptional("details.publication_day", details.PublicationDay, violations);
        var effect = DayField.ReadOptional("details.effect_day", details.EffectDay, violations);
        var deadline = DayField.ReadOptional("details.deadline_day", details.DeadlineDay, violations);
        var tolerance = DayField.ReadOptional("details.tolerance_day", details.ToleranceDay, violations);
        if (tolerance < effect || tolerance < deadline)
            violations.Add(ToleranceTooEarly);
        if (details.Certainty != Item.Types.Certainty.Unspecified && details.Certainty.StoredIfKnown() is null)
            violations.Add(CertaintyUnknown);

        return violations.Count > before ? null : new ItemDetailsFields(
            details.Stream.Stored(), title!, summary!, reference!, link!, details.Status.StoredIfKnown(), publication, effect, deadline, tolerance,
            details.Certainty.StoredIfKnown() ?? Item.Types.Certainty.Uncertain.Stored());
    }

    public TrackedItemRow Correct(TrackedItemRow item) => item with
    {
        Stream = Stream,
        Title = Title,
        Summary = Summary,
        Reference = Reference,
        Identifiers = [.. Seen.Identifiers],
        Link = Link,
        Status = Status,
        PublicationDay = PublicationDay,
        EffectDay = EffectDay,
        DeadlineDay = DeadlineDay,
        ToleranceDay = ToleranceDay,
        Certainty = Certainty,
    };
}

/// <summary>A line that may be left out.</summary>
internal static class OptionalLine
{
    public static string? Read(string field, string text, int maximum, ICollection<FieldViolation> violations) =>
        text.Trim().Length == 0 ? "" : TextField.ReadLine(field, text, maximum, violations);
}

/// <summary>An address of the web in a request.</summary>
internal static class LinkField
{
    /// <summary>An http or https address or nothing; null with a violation.</summary>
    public static string? Read(string field, string text, ICollection<FieldViolation> violations)
    {
        var line = OptionalLine.Read(field, text, ItemDetailsFields.LinkLength, violations);
        if (line is null or "" || (Uri.TryCreate(line, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"))
            return line;

        violations.Add(new(
            field, $"{field[(field.LastIndexOf('.') + 1)..].ToUpperInvariant()}_MALFORMED", new("This is no address of the web.", "Ceci n'est pas une adresse du web."),
            new("Write it from https:// on.", "Écrivez-la à partir de https://.")));
        return null;
    }
}
