using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Outcomes;

namespace Delegation.Watch.Items;

/// <summary>Watch items in the database.</summary>
internal static class ItemStore
{
    /// <summary>A page of the items that have a date on a day or later, or never had one, the nearest first. One statement.</summary>
    public static Task<IReadOnlyList<ItemRow>> ListItemsAsync(this TenantSession session, ItemFilter filter, CancellationToken cancellationToken)
    {
        // Said only where it is asked for: the index on words serves a search, and nothing else.
        var words = filter.Query.Length == 0 ? "" : "AND french_vector(i.title_fr || ' ' || i.note_fr || ' ' || i.reference) @@ french_query(@Query)";
        var sql =
            $"""
            SELECT i.watch_item_id AS id, i.stream, i.title_en AS titleen, i.title_fr AS titlefr, i.reference, i.status,
                   i.publication_day AS publicationday, i.effect_day AS effectday, i.deadline_day AS deadlineday, i.tolerance_day AS toleranceday,
                   i.certainty, i.note_en AS noteen, i.note_fr AS notefr, i.source, n.next_day AS nextday
            FROM watch_item i
            CROSS JOIN LATERAL (SELECT next_day_of(i, @FromDay) AS next_day) n
            WHERE n.next_day IS NOT NULL AND (n.next_day, i.watch_item_id) > (@afterDay, @afterId) AND (@Stream::text IS NULL OR i.stream = @Stream)
              {words}
            ORDER BY n.next_day, i.watch_item_id
            LIMIT @Limit
            """;

        return session.QueryAsync<ItemRow>(
            sql,
            new
            {
                filter.FromDay,
                filter.Stream,
                filter.Query,
                afterDay = DateOnly.FromDateTime(filter.Page.After?.Time ?? DateTime.MinValue),
                afterId = filter.Page.After?.Id ?? Guid.Empty,
                filter.Page.Limit,
            },
            cancellationToken);
    }

    /// <summary>One of the items that all see.</summary>
    public static async Task<Outcome<ItemRow>> FindPublicItemAsync(this TenantSession session, Guid id, CancellationToken cancellationToken) =>
        await session.FindAsync<ItemRow>(
            """
            SELECT i.watch_item_id AS id, i.stream, i.title_en AS titleen, i.title_fr AS titlefr, i.reference, i.status,
                   i.publication_day AS publicationday, i.effect_day AS effectday, i.deadline_day AS deadlineday, i.tolerance_day AS toleranceday,
                   i.certainty, i.note_en AS noteen, i.note_fr AS notefr, i.source, 'infinity'::date AS nextday
            FROM watch_item i
            WHERE i.watch_item_id = @id
            """,
            new { id },
            cancellationToken) is { } item
            ? new Outcome<ItemRow>.Accepted(item)
            : new Outcome<ItemRow>.NotFound("PUBLIC_ITEM_NOT_FOUND", new("There is no common item with this id.", "Aucun sujet commun n'a cet identifiant."));
}
