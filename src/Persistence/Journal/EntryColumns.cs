using Npgsql;

namespace Delegation.Persistence.Journal;

/// <summary>The columns of an entry, in the order in which <see cref="Read"/> takes them.</summary>
internal static class EntryColumns
{
    public const string Sql =
        "j.entry_id, j.owner_id, j.delegation_id, j.delegate_id, j.visibility, j.object_type, j.object_id, j.revision, "
        + "j.organization_id, j.person_id, j.occur_time, j.event_type";

    /// <summary>Reads them from the column <paramref name="first"/> on. The payload comes from elsewhere: who seals needs none.</summary>
    public static JournalEntry Read(NpgsqlDataReader row, int first, byte[]? payload) => new(
        row.GetGuid(first),
        row.GetGuid(first + 1),
        OptionalId(row, first + 2),
        OptionalId(row, first + 3),
        Visibilities.Named(row.GetString(first + 4)),
        row.GetString(first + 5),
        row.GetGuid(first + 6),
        row.GetInt64(first + 7),
        OptionalId(row, first + 8),
        OptionalId(row, first + 9),
        row.GetDateTime(first + 10),
        row.GetString(first + 11),
        payload is null ? default(ReadOnlyMemory<byte>?) : payload);

    public static byte[]? OptionalBytes(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetFieldValue<byte[]>(column);

    private static Guid? OptionalId(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetGuid(column);
}
