using Dapper;
using Delegation.Contracts.Tests.Reversibility;
using Delegation.Contracts.V1;
using Delegation.TestKit.Access;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Npgsql;

namespace Delegation.Contracts.Tests.Access.RecordedCalls;

/// <summary>What calls about the end of a delegation need around them. How far an exit is, is set by hand: the ways there are tested elsewhere.</summary>
internal static class PreparingExits
{
    public static Exits.ExitsClient Exits(this Scene scene, Actor actor) => new(scene.As(actor));

    public static async Task<(ReversibilityPlan Plan, Actor Insurer, Actor Delegate)> ProposedPlanAsync(this Scene scene)
    {
        var (scope, insurer, tpa) = await scene.ProposedScopeAsync();
        var plan = await new ReversibilityPlans.ReversibilityPlansClient(scene.As(insurer)).ProposeReversibilityPlanAsync(
            new ProposeReversibilityPlanRequest { DelegationId = scope.DelegationId, EffectiveDay = "2026-01-01", Terms = Parting.Terms() }, deadline: People.Deadline);
        return (plan, insurer, tpa);
    }

    public static async Task<(Exit Exit, Actor Insurer, Actor Delegate)> TriggeredExitAsync(this Scene scene)
    {
        var (contract, insurer, tpa) = await scene.SignedContractAsync();
        var exit = await scene.Exits(insurer).TriggerExitAsync(
            new TriggerExitRequest { DelegationId = contract.DelegationId, Ground = ExitGround.Convenience }, deadline: People.Deadline);
        return (exit, insurer, tpa);
    }

    /// <summary>An exit in a phase, with all tasks done; in the last one the delegation is frozen.</summary>
    public static async Task<(Exit Exit, Actor Insurer, Actor Delegate)> ExitInAsync(this Scene scene, ExitPhase phase, bool accepted = false, bool destroyed = false)
    {
        var (exit, insurer, tpa) = await scene.TriggeredExitAsync();
        var now = Timestamp.FromDateTime(new DateTime(2026, 2, 1, 0, 0, 0, DateTimeKind.Utc));
        var stored = new Exit(exit) { Phase = phase, Etag = "" };
        stored.Criteria.Clear();
        foreach (var task in stored.Tasks)
            (task.DoneTime, task.PersonId) = (now, exit.PersonId);
        if (phase == ExitPhase.Closure)
            stored.Record = new ExitRecord { FreezeTime = now };
        if (accepted)
            (stored.Record.AcceptTime, stored.Record.AcceptPersonId, stored.Record.ManifestSha256) = (now, exit.PersonId, Parting.Hash);
        if (destroyed)
            (stored.Record.DestructionOrderTime, stored.Record.DestructionTime, stored.State) = (now, now, ExitState.Closed);

        await using var connection = new NpgsqlConnection(scene.Database.AdminConnectionString);
        await connection.ExecuteAsync(
            """
            UPDATE delegation_exit SET phase = @phase, state = @state, document = @document::jsonb, certificate = CASE WHEN @destroyed THEN '%PDF-'::bytea END WHERE exit_id = @id;
            UPDATE delegation SET state = @delegation WHERE delegation_id = @delegationId;
            """,
            new
            {
                id = Guid.Parse(exit.Id),
                phase = phase == ExitPhase.DryRuns ? "dry_runs" : phase == ExitPhase.TakeBack ? "take_back" : phase.ToString().ToLowerInvariant(),
                state = destroyed ? "closed" : "open",
                destroyed,
                document = JsonFormatter.Default.Format(stored),
                delegation = phase == ExitPhase.Closure ? "frozen" : "open",
                delegationId = Guid.Parse(exit.DelegationId),
            });
        return (await scene.Exits(insurer).GetExitAsync(new GetExitRequest { DelegationId = exit.DelegationId, ExitId = exit.Id }, deadline: People.Deadline), insurer, tpa);
    }

    /// <summary>As if the insurer had downloaded an archive.</summary>
    public static async Task KnowArchiveAsync(this Scene scene, Exit exit)
    {
        await using var connection = new NpgsqlConnection(scene.Database.AdminConnectionString);
        await connection.ExecuteAsync(
            """
            INSERT INTO exit_archive
            SELECT owner_id, delegation_id, delegate_id, exit_id, 'insurer', @hash, gen_random_uuid(), @now FROM delegation_exit WHERE exit_id = @id
            """,
            new { id = Guid.Parse(exit.Id), hash = Parting.Hash, now = DateTime.UtcNow });
    }
}
