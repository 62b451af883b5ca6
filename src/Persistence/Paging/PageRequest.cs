using Delegation.ServiceDefaults.Errors;

namespace Delegation.Persistence.Paging;

/// <summary>Which page of a list is asked for: https://google.aip.dev/158.</summary>
/// <param name="Size">How many rows it has at most.</param>
/// <param name="After">The place that it starts after; null for the first page.</param>
public sealed record PageRequest(int Size, PageKey? After)
{
    private const int DefaultSize = 50;
    private const int MaximumSize = 200;

    private static readonly FieldViolation Negative = new(
        "page_size",
        "PAGE_SIZE_NEGATIVE",
        new("A page has no negative size.", "La taille d'une page n'est pas négative."),
        new($"Give 1 to {MaximumSize}, or nothing for {DefaultSize}.", $"Indiquez de 1 à {MaximumSize}, ou rien pour {DefaultSize}."));

    private static readonly FieldViolation Malformed = new(
        "page_token",
        "PAGE_TOKEN_MALFORMED",
        new("This is not a page token of the platform.", "Ceci n'est pas un jeton de page de la plateforme."),
        new("Send the `next_page_token` of the page before as it came, or nothing for the first page.",
            "Envoyez tel quel le `next_page_token` de la page précédente, ou rien pour la première page."));

    /// <summary>How many rows to read: one more than the page has, which tells whether there is a next one.</summary>
    public int Limit => Size + 1;

    /// <summary>Reads both fields of a request, and adds what is wrong with them. A size above the maximum gets the maximum.</summary>
    public static PageRequest Read(int pageSize, string pageToken, ICollection<FieldViolation> violations)
    {
        if (pageSize < 0)
            violations.Add(Negative);

        PageKey? after = null;
        if (PageKey.TryParse(pageToken, out var key))
            after = key;
        else if (pageToken.Length > 0)
            violations.Add(Malformed);

        return new PageRequest(pageSize <= 0 ? DefaultSize : Math.Min(pageSize, MaximumSize), after);
    }
}
