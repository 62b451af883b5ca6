using Delegation.Access.V1;
using Delegation.Persistence.Access;
using Delegation.Persistence.Stored;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Npgsql;

namespace Delegation.TestKit.Access;

/// <summary>
/// Calls every rpc of a service as an auditor: before, after and beside an open mission, where each answer is that of a stranger and nothing is
/// written; and within one, where reads of its subject answer what the inviting side is answered, show nothing that one side keeps to itself, and
/// write one entry each. Each finding is a sentence that names the rpc.
/// </summary>
/// <param name="scene">The running service.</param>
/// <param name="plantings">How to plant what one side keeps to itself.</param>
/// <param name="notYet">Rpcs whose recorded call is about something that the parties have not agreed on, which is not there for auditors.</param>
/// <param name="ofTheirOwn">Rpcs that may answer auditors otherwise than the side that invited them, and why.</param>
public sealed class AuditorWalk(Scene scene, IReadOnlyList<Planting> plantings, IReadOnlyList<string> notYet, IReadOnlyDictionary<string, string> ofTheirOwn)
{
    private static readonly AuditSubject[] Subjects = [.. Enum.GetValues<AuditSubject>().Where(StoredNames.IsKnown)];

    /// <summary>What is wrong; nothing if all is well. And how many rpcs let an auditor in.</summary>
    public async Task<(IReadOnlyList<string> Findings, int Admitted)> WalkAsync(IEnumerable<RecordedCall> calls)
    {
        var source = scene.Database.Admin;
        var worlds = new List<World>();
        foreach (var call in calls.Where(call => !call.Who.AnonymousOrganization))
            worlds.Add(await PrepareAsync(source, call));

        var findings = new List<string>();
        var before = await TableContents.ReadSettledAsync(scene);
        var known = await EntriesAsync(source);
        foreach (var (place, world) in worlds.Index())
            findings.AddRange(await OutsideAsync(source, world, elsewhere: worlds[(place + 1) % worlds.Count]));
        findings.AddRange(await ChangesAsync(before, "outside its mission"));

        var admitted = new List<World>();
        foreach (var world in worlds)
            if (await WithinAsync(source, world, findings))
                admitted.Add(world);
        findings.AddRange(await ChangesAsync(before, "within its mission", "journal"));
        var (reads, all) = await EntriesAsync(source);
        if (reads - known.Reads != admitted.Count || all - known.All != admitted.Count)
            findings.Add($"{admitted.Count} reads were answered, and {all - known.All} entries written, {reads - known.Reads} of them of reads");

        return (findings, admitted.Count);
    }

    private async Task<World> PrepareAsync(NpgsqlDataSource source, RecordedCall call)
    {
        var (caller, request) = await call.PrepareAsync(scene);
        var organization = caller.Organization ?? Guid.CreateVersion7();
        var delegations = await source.DelegationsAsync(organization);
        var named = request.Descriptor.FindFieldByName("delegation_id") is { FieldType: FieldType.String } field
            && Guid.TryParse((string)field.Accessor.GetValue(request), out var id) ? id : Guid.Empty;
        var parties = delegations.Where(delegation => named == Guid.Empty || delegation.Delegation == named).Cast<Parties?>().FirstOrDefault();
        var world = new World(call, request, organization, caller.Side == Side.Unspecified ? Side.Insurer : caller.Side, parties);
        if (world.Subject != AuditSubject.Unspecified)
            world = world with { Seen = await AskAsync(call.FullName, request, caller, whole: true) };
        foreach (var side in new[] { "insurer", "delegate" })
            if (parties is { } both)
                await plantings.PlantAsync(source, both.Owner, both.Delegation, side);

        return world;
    }

    private async Task<List<string>> OutsideAsync(NpgsqlDataSource source, World world, World elsewhere)
    {
        var findings = new List<string>();
        var expected = await AskAsync(world, Scene.Stranger());
        var auditor = await AuditorAsync(world);
        await ExpectAsync("an auditor without a mission", auditor);
        if (world.Parties is null)
            return findings;

        var now = DateTime.UtcNow;
        await ExpectAsync("an auditor after the mission", await WithMissionAsync(world, now.AddDays(-2), now.AddSeconds(-1)));
        await ExpectAsync("an auditor before the mission", await WithMissionAsync(world, now.AddMinutes(10), now.AddDays(1)));
        await ExpectAsync("an auditor of another subject", await WithMissionAsync(world, now.AddDays(-1), now.AddDays(1), [.. Subjects.Where(subject => subject != world.Subject)], mayBeLetIn: world.Subject == AuditSubject.Mission));
        if (elsewhere.Parties is not null && await WithMissionAsync(elsewhere, now.AddDays(-1), now.AddDays(1)) is { } other)
            await ElsewhereAsync(other with { Organization = null });

        return findings;

        async Task ElsewhereAsync(Actor other)
        {
            // What names its delegation is refused as to a stranger; what names itself is not there, like what does not exist.
            var ids = IdField.In(world.Request).ToArray();
            var namesDelegation = ids.Any(id => id.Path == "delegation_id");
            if (ids.Length == 0)
                return;

            var made = world.Request.Descriptor.Parser.ParseFrom(world.Request.ToByteArray());
            foreach (var id in IdField.In(made).ToArray())
                id.Set(Guid.CreateVersion7().ToString());
            var answer = await AskAsync(world, other);
            var unknown = namesDelegation || world.Subject == AuditSubject.Unspecified ? expected : await AskAsync(world with { Request = made }, other);
            if (answer.Code != unknown.Code || answer.Reason != unknown.Reason)
                findings.Add($"{world.Call.FullName}: an auditor of another delegation is answered {answer} in place of {unknown}");
        }

        async Task<Actor?> WithMissionAsync(World where, DateTime open, DateTime close, IReadOnlyList<AuditSubject>? subjects = null, bool mayBeLetIn = false)
        {
            var actor = await AuditorAsync(where);
            await MissionAsync(source, where, actor, subjects ?? Subjects, open, close);
            return mayBeLetIn ? null : actor;
        }

        async Task ExpectAsync(string who, Actor? actor)
        {
            // Without naming an organisation: whoever names one that is not theirs says something that a stranger does not.
            if (actor is not null && await AskAsync(world, actor with { Organization = null }) is var answer && answer != expected)
                findings.Add($"{world.Call.FullName}: {who} is answered {answer} in place of {expected}, or their texts differ");
        }
    }

    private async Task<bool> WithinAsync(NpgsqlDataSource source, World world, List<string> findings)
    {
        if (world.Parties is null)
            return false;

        var auditor = await AuditorAsync(world);
        await MissionAsync(source, world, auditor, world.Subject == AuditSubject.Unspecified ? Subjects : [world.Subject], DateTime.UtcNow.AddDays(-1), DateTime.UtcNow.AddDays(1));
        var answer = await AskAsync(world.Call.FullName, world.Request, auditor with { Organization = null }, whole: true);
        var meant = notYet.Contains(world.Call.Rpc) ? StatusCode.NotFound : StatusCode.OK;
        if (world.Subject != AuditSubject.Unspecified && answer.Code != meant)
            findings.Add($"{world.Call.FullName}: an auditor of this subject is answered {answer} {answer.Content}");
        else if (world.Subject != AuditSubject.Unspecified && answer.Code == StatusCode.OK && answer != world.Seen && !ofTheirOwn.ContainsKey(world.Call.Rpc))
            findings.Add($"{world.Call.FullName}: an auditor is answered otherwise than the side that invited them: {Differing(answer.Content, world.Seen!.Content)}");
        if (world.Subject == AuditSubject.Unspecified && answer != await AskAsync(world, Scene.Stranger()))
            findings.Add($"{world.Call.FullName}: it is closed to auditors, and one is answered {answer}");
        if (answer.Content.Contains(Planting.Marker, StringComparison.Ordinal))
            findings.Add($"{world.Call.FullName}: an auditor is answered with what one side keeps to itself");

        return answer.Code == StatusCode.OK;
    }

    private Task<Actor> AuditorAsync(World world) => scene.MemberAsync(world.Organization, world.Side, Role.Auditor);

    private async Task MissionAsync(NpgsqlDataSource source, World world, Actor auditor, IReadOnlyList<AuditSubject> subjects, DateTime open, DateTime close)
    {
        const string Sql =
            """
            INSERT INTO audit_access VALUES ($1, $2, $3, $4, $5, $6, $7, 'both', $8, $9, 1)
            ON CONFLICT (mission_id) DO UPDATE SET organization_id = excluded.organization_id, auditors = excluded.auditors, subjects = excluded.subjects, open_time = excluded.open_time, close_time = excluded.close_time
            """;

        var mission = await MissionOfAsync(source, world);
        await using var command = source.CreateCommand(Sql);
        command.Parameters.AddRange(new NpgsqlParameter[]
        {
            new() { Value = mission },
            new() { Value = world.Parties!.Value.Owner },
            new() { Value = world.Parties.Value.Delegation },
            new() { Value = world.Parties.Value.Delegate },
            new() { Value = world.Organization },
            new() { Value = new[] { new Person(scene.Issuer.Authority, auditor.Subject).Id, mission } },
            new() { Value = subjects.Select(subject => subject.Stored()).ToArray() },
            new() { Value = open },
            new() { Value = close },
        });
        await command.ExecuteNonQueryAsync();
    }

    // What is asked about a mission is asked by its own auditor.
    private static async Task<Guid> MissionOfAsync(NpgsqlDataSource source, World world)
    {
        if (world.Request.Descriptor.FindFieldByName("mission_id") is { } field)
            return Guid.Parse((string)field.Accessor.GetValue(world.Request));

        await using var command = source.CreateCommand("SELECT mission_id FROM audit_access WHERE delegation_id = $1 ORDER BY mission_id LIMIT 1");
        command.Parameters.Add(new() { Value = world.Parties!.Value.Delegation });
        return await command.ExecuteScalarAsync() as Guid? ?? Guid.CreateVersion7();
    }

    private Task<Answer> AskAsync(World world, Actor actor) => AskAsync(world.Call.FullName, world.Request, actor);

    private Task<Answer> AskAsync(string rpc, IMessage request, Actor actor, bool whole = false) =>
        Answer.ToAsync(scene.Channel.CreateCallInvoker(), rpc, actor.Metadata(scene.Issuer), request, whole);

    // Members and missions are what the walk itself writes.
    private async Task<IEnumerable<string>> ChangesAsync(IReadOnlyDictionary<string, string> before, string where, params string[] allowed) =>
        TableContents.Differing(before, await TableContents.ReadAsync(scene.Database))
            .Except(["membership", "audit_access", .. allowed])
            .Select(table => $"an auditor {where} changed the table {table}");

    // What a pack reads and that it was made is told apart.
    private static async Task<(int Reads, int All)> EntriesAsync(NpgsqlDataSource source)
    {
        await using var command = source.CreateCommand("""
            SELECT count(*) FILTER (WHERE object_type = 'audit_read' AND NOT own)::int, count(*) FILTER (WHERE NOT own)::int
            FROM (SELECT object_type, object_type = 'audit_pack' OR coalesce(person_id IN (SELECT mission_id FROM audit_access), false) AS own FROM journal) j
            """);
        await using var row = await command.ExecuteReaderAsync();
        await row.ReadAsync();
        return (row.GetInt32(0), row.GetInt32(1));
    }

    private static string Differing(string told, string seen)
    {
        var place = told.Zip(seen).TakeWhile(pair => pair.First == pair.Second).Count();
        return $"…{Excerpt(told)}… in place of …{Excerpt(seen)}…";

        string Excerpt(string text) => text[Math.Max(0, place - 40)..Math.Min(text.Length, place + 80)];
    }

    private sealed record World(RecordedCall Call, IMessage Request, Guid Organization, Side Side, Parties? Parties)
    {
        // What the side that invites the auditor is answered, before anybody's private rows are planted.
        public Answer? Seen { get; init; }

        // Said once more here: an auditor reads, of a service with a subject, what is not closed to them.
        public AuditSubject Subject => Call.IsRead && !Call.Method.GetOptions().GetExtension(AccessExtensions.ClosedToAuditors)
            ? Call.Service.GetOptions()?.GetExtension(AccessExtensions.Audited) ?? AuditSubject.Unspecified
            : AuditSubject.Unspecified;
    }
}
