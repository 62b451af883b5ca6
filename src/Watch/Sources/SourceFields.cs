using System.Net;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.Watch.Items;
using Delegation.Watch.V1;

namespace Delegation.Watch.Sources;

/// <summary>What people say of a source.</summary>
internal sealed record SourceFields(string Name, string Stream, string Trust, int ReadMinutes, int SilentAfterDays)
{
    public const int NameLength = 200;
    public const int UsualReadMinutes = 60;
    public const int UsualSilentAfterDays = 30;

    /// <summary>Null with violations.</summary>
    public static SourceFields? Read(SourceDetails? details, ICollection<FieldViolation> violations)
    {
        if (details is null)
        {
            violations.Add(new(
                "details", "DETAILS_REQUIRED", new("What the source is called is missing.", "Le nom de la source n'est pas renseigné."), new("Give its details.", "Indiquez ses éléments.")));
            return null;
        }

        var before = violations.Count;
        var name = TextField.ReadLine("details.name", details.Name, NameLength, violations);
        ChoiceField.Check("details.stream", details.Stream, violations);
        ChoiceField.Check("details.trust", details.Trust, violations);
        var minutes = Within("details.read_minutes", details.ReadMinutes, UsualReadMinutes, least: 15, most: 1440, violations);
        var days = Within("details.silent_after_days", details.SilentAfterDays, UsualSilentAfterDays, least: 1, most: 365, violations);
        return violations.Count > before ? null : new SourceFields(name!, details.Stream.Stored(), details.Trust.Stored(), minutes, days);
    }

    /// <summary>The address of a source; null with violations. One that says itself that it is not public is refused here, any other when it is read.</summary>
    public static string? ReadUrl(Source.Types.Kind kind, string text, ICollection<FieldViolation> violations)
    {
        if (kind == Source.Types.Kind.Feed && text.Trim().Length == 0)
        {
            violations.Add(new("url", "URL_REQUIRED", new("The address is missing.", "L'adresse n'est pas renseignée."), GiveAnAddress));
            return null;
        }

        if (LinkField.Read("url", text, violations) is not { Length: > 0 } url)
            return text.Trim().Length == 0 ? "" : null;
        if (!IsPublic(url))
            violations.Add(new("url", "URL_NOT_PUBLIC", new("This is no public address.", "Ceci n'est pas une adresse publique."), GiveAnAddress));

        return url;
    }

    /// <summary>Whether an address may be public, as far as itself says.</summary>
    public static bool IsPublic(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address) && (address.Scheme is "http" or "https") && address.UserInfo.Length == 0
        && (!IPAddress.TryParse(address.DnsSafeHost, out var literal) || PublicAddresses.IsPublic(literal))
        && address.DnsSafeHost.Contains('.', StringComparison.Ordinal) | literal is not null && !address.IsLoopback;

    public SourceRow NewSource(Guid ownerId, Guid id, Source.Types.Kind kind, string url, DateTime now) => new(
        ownerId, id, Name, kind.Stored(), url, Stream, Trust, Paused: false, ReadMinutes, SilentAfterDays, Format: "", FeedEtag: "", FeedModified: "", ReadTime: null,
        SuccessTime: null, FoundTime: null, Failures: 0, Failure: "", NextTime: now, Silent: false, now, Revision: 1);

    private static LocalizedText GiveAnAddress { get; } = new(
        "Give a public address of the web without user and password, from https:// on.", "Indiquez une adresse publique du web, sans identifiant ni mot de passe, à partir de https://.");

    private static int Within(string field, int given, int usual, int least, int most, ICollection<FieldViolation> violations)
    {
        if (given != 0 && (given < least || given > most))
            violations.Add(new(
                field, $"{field[(field.LastIndexOf('.') + 1)..].ToUpperInvariant()}_OUT_OF_RANGE", new("This number is out of bounds.", "Ce nombre est hors limites."),
                new($"Give {least} to {most}, or nothing for {usual}.", $"Indiquez de {least} à {most}, ou rien pour {usual}.")));

        return given == 0 ? usual : given;
    }
}
