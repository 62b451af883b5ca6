using System.Text.Json;
using Delegation.Persistence.Tenancy;
using Delegation.ProjectDelivery.Projects;

namespace Delegation.ProjectDelivery.Scoping.Items;

/// <summary>One of the four tables of generated items: one statement per call, however many items it is about.</summary>
/// <param name="name">The table.</param>
/// <param name="id">The column of its ids.</param>
/// <param name="content">Its columns between those that all four tables have.</param>
internal sealed class ItemTable<T>(string name, string id, params string[] content)
    where T : GeneratedRow
{
    private static readonly JsonSerializerOptions Columns = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private static readonly string[] Kept = ["owner_id", "delegation_id", "delegate_id", "project_id", "origin", "origin_key", "create_time"];
    private static readonly string[] Changing = ["edited", "state", "update_time", "revision"];

    private readonly string _selection =
        $"SELECT {id} AS id, {string.Join(", ", Kept.Concat(Changing).Concat(content).Select(column => $"{column} AS {column.Replace("_", "", StringComparison.Ordinal)}"))} FROM {name}";

    private readonly string _update = string.Join(", ", Changing.Concat(content).Select(column => $"{column} = r.{column}"));

    private readonly string _insert = string.Join(", ", [id, .. Kept, .. Changing, .. content]);

    /// <summary>All items of a project in the order of their ids, those that are retired too.</summary>
    public Task<IReadOnlyList<T>> AllAsync(DatabaseSession session, ProjectRow project, CancellationToken cancellationToken) => session.QueryAsync<T>(
        $"{_selection} WHERE owner_id = @OwnerId AND project_id = @Id ORDER BY {id}", new { project.OwnerId, project.Id }, cancellationToken);

    /// <summary>A page of the items of a project in the order of their ids: those in a state, or in any for null.</summary>
    public Task<IReadOnlyList<T>> PageAsync(
        DatabaseSession session, ProjectRow project, string? state, Guid after, int limit, CancellationToken cancellationToken) => session.QueryAsync<T>(
        $"""
        {_selection}
        WHERE owner_id = @OwnerId AND project_id = @Id AND {id} > @after AND (@state::text IS NULL OR state = @state)
        ORDER BY {id}
        LIMIT @limit
        """,
        new { project.OwnerId, project.Id, after, state, limit },
        cancellationToken);

    /// <summary>One item of a project; null when there is none with that id.</summary>
    public Task<T?> FindAsync(DatabaseSession session, ProjectRow project, Guid item, CancellationToken cancellationToken) => session.FindAsync<T>(
        $"{_selection} WHERE owner_id = @OwnerId AND project_id = @Id AND {id} = @item", new { project.OwnerId, project.Id, item }, cancellationToken);

    public Task InsertAsync(DatabaseSession session, IReadOnlyList<T> items, CancellationToken cancellationToken) => session.ExecuteAsync(
        $"INSERT INTO {name} ({_insert}) SELECT {_insert} FROM jsonb_populate_recordset(NULL::{name}, @rows::jsonb)", Rows(items), cancellationToken);

    public Task UpdateAsync(DatabaseSession session, IReadOnlyList<T> items, CancellationToken cancellationToken) => session.ExecuteAsync(
        $"""
        UPDATE {name} SET {_update}
        FROM jsonb_populate_recordset(NULL::{name}, @rows::jsonb) AS r
        WHERE {name}.owner_id = r.owner_id AND {name}.project_id = r.project_id AND {name}.{id} = r.{id}
        """,
        Rows(items),
        cancellationToken);

    private static object Rows(IReadOnlyList<T> items) => new { rows = JsonSerializer.Serialize(items, Columns) };
}
