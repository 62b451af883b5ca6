using Delegation.Persistence.Journal;
using Delegation.Persistence.Tenancy;

namespace Delegation.Persistence.Files;

/// <summary>Files in the database: one row for each 256 KiB, one of them in memory at a time.</summary>
public static class FileStore
{
    private const int ChunkLength = 256 * 1024;

    /// <summary>Stores a file that was found right.</summary>
    public static async Task StoreFileAsync(
        this TenantSession session, FileParty party, Guid fileId, ReceivedFile file, DateTime now, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(party);
        ArgumentNullException.ThrowIfNull(file);

        const string File =
            """
            INSERT INTO file (owner_id, delegation_id, delegate_id, file_id, visibility, size_bytes, sha256, create_time)
            VALUES (@OwnerId, @DelegationId, @DelegateId, @fileId, @visibility, @Size, @Sha256, @now)
            """;
        const string Chunk =
            """
            INSERT INTO file_chunk (owner_id, delegation_id, delegate_id, file_id, place, visibility, bytes)
            VALUES (@OwnerId, @DelegationId, @DelegateId, @fileId, @place, @visibility, @bytes)
            """;

        var visibility = party.Visibility.Name();
        await session.ExecuteAsync(
            File, new { party.OwnerId, party.DelegationId, party.DelegateId, fileId, visibility, file.Size, file.Sha256, now }, cancellationToken);

        var buffer = new byte[ChunkLength];
        for (var (from, place) = (0L, 0); from < file.Size; from += ChunkLength, place++)
        {
            var read = await file.ReadAsync(from, buffer, cancellationToken);
            var bytes = read == ChunkLength ? buffer : buffer[..read];
            await session.ExecuteAsync(Chunk, new { party.OwnerId, party.DelegationId, party.DelegateId, fileId, place, visibility, bytes }, cancellationToken);
        }
    }

    /// <summary>Lets both parties see a file from now on.</summary>
    public static Task ShareFileAsync(this TenantSession session, FileParty party, Guid fileId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(party);

        return session.ExecuteAsync(
            "UPDATE file SET visibility = 'both' WHERE owner_id = @OwnerId AND delegation_id = @DelegationId AND file_id = @fileId",
            new { party.OwnerId, party.DelegationId, fileId },
            cancellationToken);
    }

    /// <summary>
    /// The bytes of a file that the caller sees, part by part, each read in a transaction of its own: a file never changes, and a slow reader holds
    /// no connection.
    /// </summary>
    public static async IAsyncEnumerable<byte[]> ReadFileAsync(
        this TenantSessions sessions,
        Caller caller,
        FileParty party,
        Guid fileId,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(sessions);
        ArgumentNullException.ThrowIfNull(party);

        for (var place = 0; await ChunkAsync(place) is { } bytes; place++)
            yield return bytes;

        async Task<byte[]?> ChunkAsync(int place)
        {
            await using var session = await sessions.OpenAsync(caller, cancellationToken);
            return await session.FindAsync<byte[]>(
                "SELECT bytes FROM file_chunk WHERE owner_id = @OwnerId AND delegation_id = @DelegationId AND file_id = @fileId AND place = @place",
                new { party.OwnerId, party.DelegationId, fileId, place },
                cancellationToken);
        }
    }
}
