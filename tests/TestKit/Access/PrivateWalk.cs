using System.Text;
using Delegation.Access.V1;
using Delegation.Persistence.Access;
using Grpc.Core;
using Npgsql;

namespace Delegation.TestKit.Access;

/// <summary>Plants what one side keeps to itself.</summary>
/// <param name="Sql">
/// Adds rows to all objects of the delegation <c>@delegation</c> of <c>@owner</c> that can have them, for the side <c>@side</c> alone, with <c>@marker</c> wherever
/// people write.
/// </param>
/// <param name="Tables">The tables that it adds to.</param>
public sealed record Planting(string Sql, params string[] Tables)
{
    internal const string Marker = "PLANTED-PRIVATE-REMARK";
}

/// <summary>A delegation, by its three ids.</summary>
internal readonly record struct Parties(Guid Owner, Guid Delegation, Guid Delegate);

/// <summary>What walks put into a database.</summary>
internal static class Plantings
{
    /// <summary>Plants for one side of a delegation, and answers how many rows.</summary>
    public static async Task<int> PlantAsync(this IEnumerable<Planting> plantings, NpgsqlDataSource source, Guid owner, Guid delegation, string side)
    {
        var planted = 0;
        foreach (var planting in plantings)
        {
            await using var command = source.CreateCommand(planting.Sql);
            command.Parameters.AddRange(new NpgsqlParameter[]
            {
                new("owner", owner), new("delegation", delegation), new("side", side), new("marker", Planting.Marker),
                new("bytes", Encoding.ASCII.GetBytes(Planting.Marker)), new("now", DateTime.UtcNow),
            });
            planted += await command.ExecuteNonQueryAsync();
        }

        return planted;
    }

    /// <summary>The delegations of an organisation.</summary>
    public static async Task<List<Parties>> DelegationsAsync(this NpgsqlDataSource source, Guid organization)
    {
        await using var command = source.CreateCommand("SELECT owner_id, delegation_id, delegate_id FROM delegation WHERE $1 IN (owner_id, delegate_id)");
        command.Parameters.Add(new NpgsqlParameter { Value = organization });
        await using var reader = await command.ExecuteReaderAsync();
        var delegations = new List<Parties>();
        while (await reader.ReadAsync())
            delegations.Add(new Parties(reader.GetGuid(0), reader.GetGuid(1), reader.GetGuid(2)));

        return delegations;
    }
}

/// <summary>
/// Plants private remarks of the other side on everything that a recorded call prepared, makes the call, and looks for them: in the answer, and in
/// every entry of the journal that the caller's side may read. Each finding is a sentence that names the rpc.
/// </summary>
/// <param name="scene">The running service.</param>
/// <param name="plantings">How to plant in each table that has rows of one side alone.</param>
public sealed class PrivateWalk(Scene scene, IReadOnlyList<Planting> plantings)
{
    private const string Marker = Planting.Marker;

    // The journal says of each entry who reads it; those are looked through, not planted in.
    private const string TablesOfOneSide =
        """
        SELECT c.relname
        FROM pg_class c
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'visibility' AND NOT a.attisdropped
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relname <> 'journal'
        """;

    /// <summary>The tables with rows of one side alone in which nothing is planted: what they hold would not be looked for.</summary>
    public async Task<IEnumerable<string>> ForgottenTablesAsync()
    {
        await using var command = scene.Database.Admin.CreateCommand(TablesOfOneSide);
        await using var reader = await command.ExecuteReaderAsync();
        var tables = new List<string>();
        while (await reader.ReadAsync())
            tables.Add(reader.GetString(0));

        return tables.Except(plantings.SelectMany(planting => planting.Tables));
    }

    /// <summary>What is wrong with an rpc, and how many rows were planted around it.</summary>
    public async Task<(IReadOnlyList<string> Findings, int Planted)> WalkAsync(RecordedCall call)
    {
        var (caller, request) = await call.PrepareAsync(scene);
        if (caller.Organization is not { } organization || caller.Side == Side.Unspecified)
            return ([], 0);

        var source = scene.Database.Admin;
        var planted = await PlantAsync(source, organization, caller.Side);
        var answer = await Answer.ToAsync(scene.Channel.CreateCallInvoker(), call.FullName, caller.Metadata(scene.Issuer), request);

        var findings = new List<string>();
        if (answer.Code != StatusCode.OK)
            findings.Add($"{call.FullName}: among what the other side keeps to itself it is answered {answer}");
        if (answer.Content.Contains(Marker, StringComparison.Ordinal))
            findings.Add($"{call.FullName}: the answer holds what the other side keeps to itself");
        if (await InJournalAsync(source, organization, caller.Side))
            findings.Add($"{call.FullName}: an entry of the journal that the caller may read holds what the other side keeps to itself");

        return (findings, planted);
    }

    private async Task<int> PlantAsync(NpgsqlDataSource source, Guid organization, Side side)
    {
        var other = side == Side.Insurer ? Side.Delegate : Side.Insurer;
        var planted = 0;
        foreach (var parties in await source.DelegationsAsync(organization))
            planted += await plantings.PlantAsync(source, parties.Owner, parties.Delegation, other.Code());

        return planted;
    }

    private static async Task<bool> InJournalAsync(NpgsqlDataSource source, Guid organization, Side side)
    {
        await using var command = source.CreateCommand(
            "SELECT EXISTS (SELECT FROM journal WHERE $1 IN (owner_id, delegate_id) AND visibility IN ('both', $2) AND position($3 IN payload) > 0)");
        command.Parameters.AddRange(new NpgsqlParameter[]
        {
            new() { Value = organization }, new() { Value = side.Code() }, new() { Value = Encoding.ASCII.GetBytes(Marker) },
        });
        return (bool)(await command.ExecuteScalarAsync())!;
    }
}
