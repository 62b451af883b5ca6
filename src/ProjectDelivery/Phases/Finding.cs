using Delegation.ServiceDefaults.Errors;

namespace Delegation.ProjectDelivery.Phases;

/// <summary>An object that answered for a criterion.</summary>
/// <param name="Type">Its type in lower snake case, as in journal entries about it.</param>
/// <param name="Id">Its id.</param>
/// <param name="Revision">The revision that answered: a number, or the etag of another service.</param>
internal sealed record Answered(string Type, string Id, string Revision)
{
    public Answered(string type, Guid id, long revision)
        : this(type, id.ToString(), revision.ToString(System.Globalization.CultureInfo.InvariantCulture))
    {
    }

    /// <summary>As it is stored: neither a type nor an id nor a revision has a blank in it.</summary>
    public string Stored => $"{Type} {Id} {Revision}";

    /// <summary>An object of another service, with its etag in place of a number.</summary>
    public static Answered WithEtag(string type, string id, string etag) => new(type, id, etag.Trim('"'));

    public static Answered Parse(string stored) => stored.Split(' ') is [var type, var id, var revision]
        ? new Answered(type, id, revision)
        : throw new FormatException($"This is no stored evidence: {stored}");
}

/// <summary>What a criterion found.</summary>
/// <param name="Kind">Whether it is met.</param>
/// <param name="Found">The same in words: what was found, and what is missing.</param>
/// <param name="Evidence">The objects that answered.</param>
internal sealed record Finding(FindingKind Kind, LocalizedText Found, IReadOnlyList<Answered> Evidence)
{
    public bool IsMet => Kind == FindingKind.Met;

    public static Finding Met(LocalizedText found, params IReadOnlyList<Answered> evidence) => new(FindingKind.Met, found, evidence);

    public static Finding Unmet(LocalizedText found, params IReadOnlyList<Answered> evidence) => new(FindingKind.Unmet, found, evidence);

    /// <summary>Met or not, whatever was found.</summary>
    public static Finding Of(bool met, LocalizedText found, params IReadOnlyList<Answered> evidence) =>
        met ? Met(found, evidence) : Unmet(found, evidence);

    public static Finding NotAnswered(LocalizedText why) => new(FindingKind.NotAnswered, why, []);
}

/// <summary>What became of the question of a criterion.</summary>
internal enum FindingKind
{
    /// <summary>Met.</summary>
    Met,

    /// <summary>Not met.</summary>
    Unmet,

    /// <summary>The service that knows could not be asked.</summary>
    NotAnswered,
}
