using System.Diagnostics;
using System.Reflection;
using Delegation.Access.V1;
using Delegation.Persistence.Access;
using Google.Protobuf;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Delegation.TestKit.Access;

/// <summary>
/// Walks every rpc of a service with everybody who may not call it, and with every id that is not the caller's. Each finding is a sentence
/// that names the rpc.
/// </summary>
/// <param name="scene">The running service.</param>
/// <param name="tests">Where the calls are recorded.</param>
public sealed class AccessWalk(Scene scene, Assembly tests)
{
    private static readonly Role[] Roles = [.. Enum.GetValues<Role>().Where(role => role.IsKnown())];
    private static readonly Side[] Sides = [Side.Insurer, Side.Delegate];

    private readonly StatementCounts _counts = new(tests);

    /// <summary>The rpcs that the service serves and that ask who calls, as calls name them.</summary>
    public IEnumerable<string> Served =>
        from endpoint in scene.Services.GetRequiredService<EndpointDataSource>().Endpoints
        let served = endpoint.Metadata.GetMetadata<GrpcMethodMetadata>()
        where served is not null && endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null
        select served.Method.FullName;

    /// <summary>What is wrong with an rpc; nothing if all is well.</summary>
    public async Task<IReadOnlyList<string>> WalkAsync(RecordedCall call)
    {
        var findings = new List<string>();
        if (call.Method.GetOptions()?.GetExtension(AccessExtensions.Access) is not { } rule || !rule.Equals(call.Who))
            findings.Add($"{call.FullName}: the contract lets in {call.Method.GetOptions()?.GetExtension(AccessExtensions.Access)}, and {call.Who} is meant");

        var (caller, request) = await call.PrepareAsync(scene);
        var (stranger, foreign) = await call.PrepareAsync(scene);
        var outsiders = await OutsidersAsync(call.Who, caller);
        var before = await TableContents.ReadSettledAsync(scene);

        foreach (var (who, metadata, reason) in outsiders)
            if (await AskAsync(call, metadata, request) is var answer && answer.Reason != reason)
                findings.Add($"{call.FullName}: {who} is answered {answer} in place of {reason}");

        findings.AddRange(await ForeignIdsAsync(call, caller, request, foreign));
        if (call.Who.AnyRole || call.Who.Roles.Count > 0)
            findings.AddRange(await ForeignOrganizationAsync(call, caller, stranger, request));

        foreach (var table in TableContents.Differing(before, await TableContents.ReadAsync(scene.Database)))
            findings.Add($"{call.FullName}: a refused call changed the table {table}");

        // Last, with the request that all the others were refused: it was a good one, and their refusals left no trace.
        var trace = ActivityTraceId.CreateRandom();
        var traced = caller.Metadata(scene.Issuer);
        traced.Add("traceparent", $"00-{trace}-{ActivitySpanId.CreateRandom()}-01");
        using var statements = new StatementRecorder();
        if (await AskAsync(call, traced, request, whole: !call.Who.System) is { Code: not StatusCode.OK } refused)
            findings.Add($"{call.FullName}: the recorded call is answered {refused}");
        else if (!call.Who.System && _counts.Finding(call.FullName, statements.OfTrace(trace).Count) is { } finding)
            findings.Add(finding);

        return findings;
    }

    private Task<Answer> AskAsync(RecordedCall call, Metadata metadata, IMessage request, bool whole = false) =>
        Answer.ToAsync(scene.Channel.CreateCallInvoker(), call.FullName, metadata, request, whole);

    // Everybody who may not call, and with which reason they are refused.
    private async Task<List<(string Who, Metadata Metadata, string Reason)>> OutsidersAsync(AccessRule rule, Actor caller)
    {
        var outsiders = new List<(string, Metadata, string)> { ("somebody without a token", [], "TOKEN_MISSING") };
        void Add(string who, Actor actor, string reason) => outsiders.Add((who, actor.Metadata(scene.Issuer), reason));

        if (!rule.System)
            Add("a service", scene.System, "MEMBERSHIP_REQUIRED");
        if (rule.AnonymousOrganization)
            return outsiders;

        var members = rule.AnyRole || rule.Roles.Count > 0;
        Add("somebody without an organisation", Scene.Stranger(), members ? "MEMBERSHIP_REQUIRED" : "SYSTEM_REQUIRED");
        foreach (var side in Sides)
        {
            var organization = side == caller.Side && caller.Organization is { } own ? own : Guid.CreateVersion7();
            foreach (var role in Roles)
                if (Refusal(rule, role, side) is { } reason)
                    Add($"a member of the {side.Code()} with the role {role.Code()}", await scene.MemberAsync(organization, side, role), reason);
        }

        return outsiders;
    }

    private static string? Refusal(AccessRule rule, Role role, Side side) => rule switch
    {
        { AnyRole: false, Roles.Count: 0 } => "SYSTEM_REQUIRED",
        // Whoever was invited to audit and for nothing else belongs to the organisation by open missions alone.
        _ when role == Role.Auditor => "MEMBERSHIP_REQUIRED",
        { AnyRole: false } when !rule.Roles.Contains(role) => "ROLE_REQUIRED",
        _ when rule.Side != Side.Either && rule.Side != side => "SIDE_REQUIRED",
        _ => null,
    };

    private async Task<List<string>> ForeignIdsAsync(RecordedCall call, Actor caller, IMessage request, IMessage foreign)
    {
        var findings = new List<string>();
        var others = IdField.In(foreign).ToDictionary(id => id.Path, id => id.Value);
        foreach (var path in IdField.In(request).Select(id => id.Path))
        {
            if (!others.TryGetValue(path, out var theirs))
                continue;

            var answer = await WithAsync(theirs);
            var unknown = await WithAsync(Guid.CreateVersion7().ToString());
            if (answer != unknown)
                findings.Add($"{call.FullName}: for another party's {path} the answer is {answer}, for an unknown one {unknown}, or their texts differ");
            if (unknown.Code == StatusCode.OK && !call.IsRead)
                findings.Add($"{call.FullName}: a made-up {path} is accepted");

            async Task<Answer> WithAsync(string id)
            {
                var changed = request.Descriptor.Parser.ParseFrom(request.ToByteArray());
                IdField.In(changed).Single(field => field.Path == path).Set(id);
                return (await AskAsync(call, caller.Metadata(scene.Issuer), changed)).Without(id);
            }
        }

        return findings;
    }

    private async Task<List<string>> ForeignOrganizationAsync(RecordedCall call, Actor caller, Actor stranger, IMessage request)
    {
        var foreign = await NamingAsync(stranger.Organization!.Value);
        var unknown = await NamingAsync(Guid.CreateVersion7());
        return foreign == unknown && unknown.Reason == "MEMBERSHIP_REQUIRED"
            ? []
            : [$"{call.FullName}: for another organisation in the metadata the answer is {foreign}, for an unknown one {unknown}, or their texts differ"];

        async Task<Answer> NamingAsync(Guid organization) =>
            await AskAsync(call, (caller with { Organization = organization }).Metadata(scene.Issuer), request);
    }
}
