using Delegation.Access.V1;
using Grpc.Core;
using Npgsql;

namespace Delegation.TestKit.Access;

/// <summary>
/// Makes the delegations around a recorded call end: while they are frozen commands change nothing of them and reads go on; once they are closed, the same holds but for the
/// commands that outlive them; once the delegate has left, it is answered like a stranger, and finds nothing of them in any answer. Each finding is a sentence that names the rpc.
/// </summary>
/// <param name="scene">The running service.</param>
/// <param name="endings">The services of the contract whose commands end a delegation, and so are taken on one that is frozen.</param>
/// <param name="own">Those that are about what an organisation has of its own, and keeps.</param>
/// <param name="closing">The commands that are taken once a delegation is closed: as decision 0035 has them.</param>
public sealed class EndWalk(Scene scene, IReadOnlyList<string> endings, IReadOnlyList<string> own, IReadOnlyList<string> closing)
{
    private static readonly Role[] Roles = [.. Enum.GetValues<Role>().Where(role => role != Role.Unspecified)];

    /// <summary>What is wrong with an rpc, and how many delegations there were around it.</summary>
    public async Task<(IReadOnlyList<string> Findings, int Delegations)> WalkAsync(RecordedCall call)
    {
        var (caller, request) = await call.PrepareAsync(scene);
        var source = scene.Database.Admin;
        if (caller.Organization is not { } organization || await DelegationsAsync(source, organization) is not { Count: > 0 } delegations)
            return ([], 0);

        var findings = new List<string>();
        var ids = delegations.Select(delegation => delegation.Id).ToArray();
        // What one of the two states takes is asked in the other one first: done once, it would be refused for that.
        foreach (var state in endings.Contains(call.Service.FullName) ? new[] { "closed", "frozen" } : ["frozen", "closed"])
        {
            await ExecuteAsync(source, $"UPDATE delegation SET state = '{state}' WHERE delegation_id = ANY ($1)", ids);
            var entries = await EntriesAsync(source, ids);
            var answer = await AskAsync(call, caller, request);
            var isTaken = call.IsRead || state == "closed" && closing.Contains(call.FullName);
            if (isTaken && answer.Code != StatusCode.OK
                || !isTaken && !own.Contains(call.Service.FullName) && !(state == "frozen" && endings.Contains(call.Service.FullName))
                    && (await EntriesAsync(source, ids) != entries || answer.Code != StatusCode.OK && !answer.Reason.StartsWith("DELEGATION_", StringComparison.Ordinal)))
                findings.Add($"{call.FullName}: on a {state} delegation it is answered {answer}");
        }

        await ExecuteAsync(source, "INSERT INTO departure SELECT delegate_id, delegation_id, owner_id FROM delegation WHERE delegation_id = ANY ($1)", ids);
        var departed = await AskAsync(call, await scene.MemberAsync(delegations[0].Delegate, Side.Delegate, Roles), request);
        var stranger = await AskAsync(call, await scene.MemberAsync(Guid.CreateVersion7(), Side.Delegate, Roles), request);
        if (ids.Any(id => departed.Content.Contains(id.ToString(), StringComparison.OrdinalIgnoreCase) && !stranger.Content.Contains(id.ToString(), StringComparison.OrdinalIgnoreCase)))
            findings.Add($"{call.FullName}: the answer to a delegate that has left names the delegation");
        if (!own.Contains(call.Service.FullName) && (departed.Code, departed.Reason) != (stranger.Code, stranger.Reason))
            findings.Add($"{call.FullName}: a delegate that has left is answered {departed}, a stranger {stranger}");

        return (findings, delegations.Count);
    }

    private Task<Answer> AskAsync(RecordedCall call, Actor actor, Google.Protobuf.IMessage request) =>
        Answer.ToAsync(scene.Channel.CreateCallInvoker(), call.FullName, actor.Metadata(scene.Issuer), request);

    private static async Task<List<(Guid Id, Guid Delegate)>> DelegationsAsync(NpgsqlDataSource source, Guid organization)
    {
        await using var command = source.CreateCommand("SELECT delegation_id, delegate_id FROM delegation WHERE $1 IN (owner_id, delegate_id)");
        command.Parameters.Add(new NpgsqlParameter { Value = organization });
        await using var reader = await command.ExecuteReaderAsync();
        var delegations = new List<(Guid, Guid)>();
        while (await reader.ReadAsync())
            delegations.Add((reader.GetGuid(0), reader.GetGuid(1)));

        return delegations;
    }

    // What callers did; the platform itself may still write, such as what became late.
    private static async Task<long> EntriesAsync(NpgsqlDataSource source, Guid[] delegations)
    {
        await using var command = source.CreateCommand("SELECT count(*) FROM journal WHERE delegation_id = ANY ($1) AND person_id IS NOT NULL");
        command.Parameters.Add(new NpgsqlParameter { Value = delegations });
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private static async Task ExecuteAsync(NpgsqlDataSource source, string sql, Guid[] delegations)
    {
        await using var command = source.CreateCommand(sql);
        command.Parameters.Add(new NpgsqlParameter { Value = delegations });
        await command.ExecuteNonQueryAsync();
    }
}
