using Delegation.Access.V1;
using Delegation.Archive.V1;
using Google.Protobuf.WellKnownTypes;
using Npgsql;

namespace Delegation.TestKit.Access;

/// <summary>The recorded calls of the record of a delegation, which every service serves.</summary>
public static class ArchiveCalls
{
    /// <summary>For a service that adds them to its own.</summary>
    public static IEnumerable<RecordedCall> All =>
    [
        new(Archives.Descriptor, "ExportRecord", Who.Members(Role.DelegationManager, Role.Compliance), async scene =>
        {
            var (owner, delegation, _) = await KnowAsync(scene, "frozen");
            return (await scene.MemberAsync(owner, Side.Insurer, Role.DelegationManager), new ExportRecordRequest { DelegationId = delegation.ToString() });
        }),
        new(Archives.Descriptor, "EraseCopies", Who.Services(), async scene =>
        {
            var (owner, delegation, @delegate) = await KnowAsync(scene, "frozen");
            return (scene.System, new EraseCopiesRequest
            {
                OwnerId = owner.ToString(),
                DelegationId = delegation.ToString(),
                DelegateId = @delegate.ToString(),
                FreezeTime = Timestamp.FromDateTime(new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc)),
            });
        }),
    ];

    private static async Task<(Guid Owner, Guid Delegation, Guid Delegate)> KnowAsync(Scene scene, string state)
    {
        var (owner, delegation, @delegate) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        await using var command = scene.Database.Admin.CreateCommand("INSERT INTO delegation (owner_id, delegation_id, delegate_id, state, revision) VALUES ($1, $2, $3, $4, 1)");
        command.Parameters.AddRange(new NpgsqlParameter[] { new() { Value = owner }, new() { Value = delegation }, new() { Value = @delegate }, new() { Value = state } });
        await command.ExecuteNonQueryAsync();
        return (owner, delegation, @delegate);
    }
}
