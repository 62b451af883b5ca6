using Delegation.Persistence.Paging;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Outcomes;

namespace Delegation.Watch.Sources;

/// <summary>Sources in the database: one statement per call, of one organisation.</summary>
internal static class SourceStore
{
    private const string Columns =
        """
        owner_id AS ownerid, source_id AS id, name, kind, url, stream, trust, paused, read_minutes AS readminutes, silent_after_days AS silentafterdays, format,
        feed_etag AS feedetag, feed_modified AS feedmodified, read_time AS readtime, success_time AS successtime, found_time AS foundtime, failures, failure,
        next_time AS nexttime, silent, create_time AS createtime, revision
        """;

    /// <summary>Adds a source; false when the organisation reads this address already.</summary>
    public static async Task<bool> InsertSourceAsync(this TenantSession session, SourceRow source, CancellationToken cancellationToken) => await session.ExecuteAsync(
        """
        INSERT INTO watch_source (
            owner_id, source_id, name, kind, url, stream, trust, paused, read_minutes, silent_after_days, format, feed_etag, feed_modified, failures, failure,
            next_time, silent, create_time, revision)
        VALUES (
            @OwnerId, @Id, @Name, @Kind, @Url, @Stream, @Trust, @Paused, @ReadMinutes, @SilentAfterDays, @Format, @FeedEtag, @FeedModified, @Failures, @Failure,
            @NextTime, @Silent, @CreateTime, @Revision)
        ON CONFLICT (owner_id, url) WHERE kind = 'feed' DO NOTHING
        """,
        source,
        cancellationToken) == 1;

    public static Task UpdateSourceAsync(this DatabaseSession session, SourceRow source, CancellationToken cancellationToken) => session.ExecuteAsync(
        """
        UPDATE watch_source SET
            name = @Name, stream = @Stream, trust = @Trust, paused = @Paused, read_minutes = @ReadMinutes, silent_after_days = @SilentAfterDays, format = @Format,
            feed_etag = @FeedEtag, feed_modified = @FeedModified, read_time = @ReadTime, success_time = @SuccessTime, found_time = @FoundTime,
            failures = @Failures, failure = @Failure, next_time = @NextTime, silent = @Silent, revision = @Revision
        WHERE owner_id = @OwnerId AND source_id = @Id
        """,
        source,
        cancellationToken);

    /// <summary>A source of the caller's organisation; commands hold it until the end of the transaction.</summary>
    public static async Task<Outcome<SourceRow>> FindSourceAsync(this TenantSession session, Guid id, bool locking, CancellationToken cancellationToken) =>
        await session.FindAsync<SourceRow>(
            $"SELECT {Columns} FROM watch_source WHERE owner_id = @OrganizationId AND source_id = @id {(locking ? "FOR UPDATE" : "")}",
            new { session.Caller.OrganizationId, id },
            cancellationToken) is { } source
            ? new Outcome<SourceRow>.Accepted(source)
            : new Outcome<SourceRow>.NotFound("SOURCE_NOT_FOUND", new("There is no source with this id.", "Aucune source n'a cet identifiant."));

    /// <summary>A source for whoever reads it, without a caller; null when it is gone.</summary>
    public static Task<SourceRow?> FindSourceAsync(this SystemSession session, Guid ownerId, Guid id, bool locking, CancellationToken cancellationToken) =>
        session.FindAsync<SourceRow>(
            $"SELECT {Columns} FROM watch_source WHERE owner_id = @ownerId AND source_id = @id {(locking ? "FOR UPDATE" : "")}", new { ownerId, id }, cancellationToken);

    /// <summary>The oldest first.</summary>
    public static Task<IReadOnlyList<SourceRow>> ListSourcesAsync(this TenantSession session, bool troubled, PageRequest page, CancellationToken cancellationToken) =>
        session.QueryAsync<SourceRow>(
            $"""
            SELECT {Columns} FROM watch_source
            WHERE owner_id = @OrganizationId AND source_id > @after AND (NOT @troubled OR NOT paused AND (silent OR failures > 0))
            ORDER BY source_id
            LIMIT @Limit
            """,
            new { session.Caller.OrganizationId, after = page.After?.Id ?? Guid.Empty, troubled, page.Limit },
            cancellationToken);

    /// <summary>Those of some marks that the organisation has.</summary>
    public static async Task<IReadOnlySet<string>> KnownMarksAsync(
        this SystemSession session, Guid ownerId, IEnumerable<string> marks, CancellationToken cancellationToken) =>
        (await session.QueryAsync<string>(
            "SELECT mark FROM tracked_item_mark WHERE owner_id = @ownerId AND mark = ANY (@marks)", new { ownerId, marks = marks.ToArray() }, cancellationToken)).ToHashSet();

    /// <summary>By name.</summary>
    public static Task<IReadOnlyList<SuggestedRow>> ListSuggestedSourcesAsync(this TenantSession session, string? stream, CancellationToken cancellationToken) =>
        session.QueryAsync<SuggestedRow>(
            """
            SELECT name, kind, url, stream, trust, certainty, note_en AS noteen, note_fr AS notefr FROM suggested_source
            WHERE @stream::text IS NULL OR stream = @stream
            ORDER BY name, url
            """,
            new { stream },
            cancellationToken);

    /// <summary>A public source that may be added.</summary>
    internal sealed record SuggestedRow(string Name, string Kind, string Url, string Stream, string Trust, string Certainty, string NoteEn, string NoteFr);
}
