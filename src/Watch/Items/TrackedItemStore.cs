using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Outcomes;

namespace Delegation.Watch.Items;

/// <summary>What organisations follow in the database: one statement per call, of one organisation.</summary>
internal static class TrackedItemStore
{
    private const string Columns =
        """
        owner_id AS ownerid, item_id AS id, stream, title, summary, reference, identifiers, link, status, publication_day AS publicationday,
        effect_day AS effectday, deadline_day AS deadlineday, tolerance_day AS toleranceday, certainty, public_item_id AS publicitemid,
        sightings::text AS sightings, state, triage_person_id AS triagepersonid, triage_time AS triagetime, triage_reason AS triagereason,
        assessment::text AS assessment, decision::text AS decision, next_day AS nextday, create_time AS createtime, update_time AS updatetime, revision
        """;

    public static Task InsertTrackedItemAsync(this DatabaseSession session, TrackedItemRow item, CancellationToken cancellationToken) => session.ExecuteAsync(
        """
        INSERT INTO tracked_item (
            owner_id, item_id, stream, title, summary, reference, identifiers, link, status, publication_day, effect_day, deadline_day, tolerance_day,
            certainty, public_item_id, sightings, state, triage_person_id, triage_time, triage_reason, assessment, decision, next_day, create_time,
            update_time, revision)
        VALUES (
            @OwnerId, @Id, @Stream, @Title, @Summary, @Reference, @Identifiers, @Link, @Status, @PublicationDay, @EffectDay, @DeadlineDay, @ToleranceDay,
            @Certainty, @PublicItemId, @Sightings::jsonb, @State, @TriagePersonId, @TriageTime, @TriageReason, @Assessment::jsonb, @Decision::jsonb, @NextDay,
            @CreateTime, @UpdateTime, @Revision)
        """,
        item,
        cancellationToken);

    public static Task UpdateTrackedItemAsync(this DatabaseSession session, TrackedItemRow item, CancellationToken cancellationToken) => session.ExecuteAsync(
        """
        UPDATE tracked_item SET
            stream = @Stream, title = @Title, summary = @Summary, reference = @Reference, identifiers = @Identifiers, link = @Link, status = @Status,
            publication_day = @PublicationDay, effect_day = @EffectDay, deadline_day = @DeadlineDay, tolerance_day = @ToleranceDay, certainty = @Certainty,
            sightings = @Sightings::jsonb, state = @State, triage_person_id = @TriagePersonId, triage_time = @TriageTime, triage_reason = @TriageReason,
            assessment = @Assessment::jsonb, decision = @Decision::jsonb, next_day = @NextDay, update_time = @UpdateTime, revision = @Revision
        WHERE owner_id = @OwnerId AND item_id = @Id
        """,
        item,
        cancellationToken);

    /// <summary>By what the item is found again from now on.</summary>
    public static Task AddMarksAsync(this DatabaseSession session, Guid ownerId, Guid itemId, IReadOnlyCollection<string> marks, CancellationToken cancellationToken) =>
        session.ExecuteAsync(
            "INSERT INTO tracked_item_mark (owner_id, mark, item_id) SELECT @ownerId, mark, @itemId FROM unnest(@marks) mark ON CONFLICT DO NOTHING",
            new { ownerId, itemId, marks = marks.ToArray() },
            cancellationToken);

    /// <summary>
    /// The items that something seen may be: with one of its marks, or published at about its day. Whoever else adds items to the organisation waits until
    /// the end of the transaction.
    /// </summary>
    public static async Task<IReadOnlyList<TrackedItemRow>> CandidatesAsync(
        this DatabaseSession session, Guid ownerId, IReadOnlyCollection<string> marks, DateOnly day, CancellationToken cancellationToken)
    {
        // A statement of its own: what comes after the lock sees what its former holder committed.
        await session.ExecuteAsync("CALL lock_tracked_items(@ownerId)", new { ownerId }, cancellationToken);
        return await session.QueryAsync<TrackedItemRow>(
            $"""
            SELECT {Columns} FROM tracked_item
            WHERE owner_id = @ownerId AND item_id IN (SELECT m.item_id FROM tracked_item_mark m WHERE m.owner_id = @ownerId AND m.mark = ANY (@marks))
            UNION
            SELECT {Columns} FROM (
                SELECT * FROM tracked_item
                WHERE owner_id = @ownerId AND publication_day BETWEEN @day - {SameItem.DaysApart} AND @day + {SameItem.DaysApart}
                ORDER BY publication_day DESC LIMIT 500) near
            """,
            new { ownerId, marks = marks.ToArray(), day },
            cancellationToken);
    }

    public static Task<Outcome<TrackedItemRow>> FindTrackedItemAsync(this TenantSession session, Guid id, CancellationToken cancellationToken) =>
        session.FindTrackedItemAsync(id, "", cancellationToken);

    /// <summary>The same, and nobody else changes it until the end of the transaction.</summary>
    public static Task<Outcome<TrackedItemRow>> LockTrackedItemAsync(this TenantSession session, Guid id, CancellationToken cancellationToken) =>
        session.FindTrackedItemAsync(id, "FOR UPDATE", cancellationToken);

    /// <summary>
    /// A page of the caller's items, the nearest day first. A search reads the organisation's own items alone, by its key: under a policy no operator of
    /// full-text search may use an index.
    /// </summary>
    public static Task<IReadOnlyList<TrackedItemRow>> ListTrackedItemsAsync(this TenantSession session, TrackedItemFilter filter, CancellationToken cancellationToken) =>
        session.QueryAsync<TrackedItemRow>(
            $"""
            SELECT {Columns} FROM tracked_item
            WHERE owner_id = @OrganizationId AND (next_day, item_id) > (@afterDay, @afterId)
              AND (@Stream::text IS NULL OR stream = @Stream) AND (@State::text IS NULL OR state = @State)
              AND (@Query = '' OR words @@ french_query(@Query))
            ORDER BY next_day, item_id
            LIMIT @Limit
            """,
            new
            {
                session.Caller.OrganizationId,
                filter.Stream,
                filter.State,
                filter.Query,
                afterDay = DateOnly.FromDateTime(filter.Page.After?.Time ?? DateTime.MinValue),
                afterId = filter.Page.After?.Id ?? Guid.Empty,
                filter.Page.Limit,
            },
            cancellationToken);

    /// <summary>Those of some items that the caller's organisation follows, the nearest day first.</summary>
    public static Task<IReadOnlyList<TrackedItemRow>> FindTrackedItemsAsync(this TenantSession session, IReadOnlyList<Guid> ids, CancellationToken cancellationToken) =>
        session.QueryAsync<TrackedItemRow>(
            $"SELECT {Columns} FROM tracked_item WHERE owner_id = @OrganizationId AND item_id = ANY (@ids) ORDER BY next_day, item_id",
            new { session.Caller.OrganizationId, ids = ids.ToArray() },
            cancellationToken);

    /// <summary>
    /// What a bulletin of a period tells of the caller's items: those that somebody kept, and that have a day in the period or later or changed in it.
    /// </summary>
    public static Task<IReadOnlyList<TrackedItemRow>> FindTrackedItemsToTellAsync(
        this TenantSession session, DateOnly from, DateTime start, DateTime end, CancellationToken cancellationToken) =>
        session.QueryAsync<TrackedItemRow>(
            $"""
            SELECT {Columns} FROM tracked_item
            WHERE owner_id = @OrganizationId AND state IN ('kept', 'assessed', 'decided')
              AND (next_day >= @from AND next_day < 'infinity' OR tolerance_day >= @from OR update_time >= @start AND update_time < @end)
            ORDER BY next_day, item_id
            LIMIT 1000
            """,
            new { session.Caller.OrganizationId, from, start, end },
            cancellationToken);

    private static async Task<Outcome<TrackedItemRow>> FindTrackedItemAsync(this TenantSession session, Guid id, string locking, CancellationToken cancellationToken) =>
        await session.FindAsync<TrackedItemRow>(
            $"SELECT {Columns} FROM tracked_item WHERE owner_id = @OrganizationId AND item_id = @id {locking}",
            new { session.Caller.OrganizationId, id },
            cancellationToken) is { } item
            ? new Outcome<TrackedItemRow>.Accepted(item)
            : new Outcome<TrackedItemRow>.NotFound("ITEM_NOT_FOUND", new("There is no item with this id.", "Aucun sujet n'a cet identifiant."));
}
