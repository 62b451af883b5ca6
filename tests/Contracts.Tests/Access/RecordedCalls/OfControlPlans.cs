using Delegation.Access.V1;
using Delegation.Contracts.Tests.ControlPlans;
using Delegation.Contracts.V1;
using Delegation.TestKit.Access;

namespace Delegation.Contracts.Tests.Access.RecordedCalls;

/// <summary>The insurer's control plans.</summary>
internal sealed class OfControlPlans : IRecordedCalls
{
    public IEnumerable<RecordedCall> All =>
    [
        new(V1.ControlPlans.Descriptor, "DraftControlPlan", Adopting, async scene =>
        {
            var (delegation, insurer, _) = await scene.OpenDelegationAsync();
            var owner = await scene.ColleagueAsync(insurer, Role.Operations);
            return (await scene.ComplianceAsync(insurer), ControlCalls.Draft(delegation.Id, ControlCalls.Sample(owner.Id)));
        }),
        new(V1.ControlPlans.Descriptor, "UpdateControlPlan", Adopting, async scene =>
        {
            var (plan, insurer, _) = await scene.DraftedPlanAsync();
            return (insurer, ControlCalls.Update(plan, ControlCalls.Sample(plan.Controls[0].OwnerId)));
        }),
        new(V1.ControlPlans.Descriptor, "AdoptControlPlan", Adopting, async scene =>
        {
            var (plan, insurer, _) = await scene.DraftedPlanAsync();
            return (insurer, ControlCalls.Adopt(plan));
        }),
        new(V1.ControlPlans.Descriptor, "GetControlPlan", Who.AnyMember(), async scene =>
        {
            var (plan, _, tpa) = await scene.AdoptedPlanAsync();
            return (tpa, ControlCalls.Get(plan));
        }),
        new(V1.ControlPlans.Descriptor, "ListControlPlans", Who.AnyMember(), async scene =>
        {
            var (plan, _, tpa) = await scene.AdoptedPlanAsync();
            return (tpa, new ListControlPlansRequest { DelegationId = plan.DelegationId });
        }),
        new(V1.ControlPlans.Descriptor, "GetControl", Who.AnyMember(), async scene =>
        {
            var (control, _, tpa) = await scene.DueControlAsync();
            return (tpa, ControlCalls.Get(control));
        }),
        new(V1.ControlPlans.Descriptor, "ListControls", Who.AnyMember(), async scene =>
        {
            var (control, _, tpa) = await scene.DueControlAsync();
            return (tpa, new ListControlsRequest { DelegationId = control.DelegationId });
        }),
        new(V1.ControlPlans.Descriptor, "AttachControlEvidence", Who.AnyMember(Side.Insurer), async scene =>
        {
            var (control, insurer, _) = await scene.DueControlAsync();
            return (insurer, ControlCalls.Attach(control));
        }),
        new(V1.ControlPlans.Descriptor, "DownloadControlEvidence", Who.AnyMember(), async scene =>
        {
            var (control, insurer, tpa) = await scene.DueControlAsync();
            var attached = await scene.AttachAsync(control, insurer);
            return (tpa, new DownloadControlEvidenceRequest { DelegationId = control.DelegationId, ControlId = control.Id, FileId = attached.Files[0].Id });
        }),
        new(V1.ControlPlans.Descriptor, "ExecuteControl", Who.AnyMember(Side.Insurer), async scene =>
        {
            var (control, insurer, _) = await scene.DueControlAsync();
            return (insurer, ControlCalls.Execute(control));
        }),
    ];

    private static AccessRule Adopting => Who.MembersOf(Side.Insurer, Role.DelegationManager, Role.Compliance);
}

/// <summary>What calls about control plans need around them.</summary>
internal static class PreparingControlPlans
{
    public static V1.ControlPlans.ControlPlansClient ControlPlans(this Scene scene, Actor actor) => new(scene.As(actor));

    /// <summary>The person behind a member.</summary>
    public static async Task<Actor> PersonAsync(this Scene scene, Actor organization, string member)
    {
        await using var command = scene.Database.Admin.CreateCommand("SELECT subject FROM member WHERE member_id = $1");
        command.Parameters.Add(new() { Value = Guid.Parse(member) });
        return organization with { Subject = (string)(await command.ExecuteScalarAsync())! };
    }

    /// <summary>A draft with one control that is due soon and one of every quarter, and whoever answers for controls on each side.</summary>
    public static async Task<(ControlPlan Plan, Actor Insurer, Actor Delegate)> DraftedPlanAsync(this Scene scene)
    {
        var (delegation, insurer, tpa) = await scene.OpenDelegationAsync();
        var owner = await scene.ColleagueAsync(insurer, Role.Operations);
        var compliance = await scene.ComplianceAsync(insurer);
        var plan = await scene.ControlPlans(compliance).DraftControlPlanAsync(
            ControlCalls.Draft(delegation.Id, ControlCalls.Sample(owner.Id), ControlCalls.Quarterly(owner.Id)), deadline: People.Deadline);
        return (plan, compliance, await scene.ComplianceAsync(tpa));
    }

    /// <summary>The same, adopted.</summary>
    public static async Task<(ControlPlan Plan, Actor Insurer, Actor Delegate)> AdoptedPlanAsync(this Scene scene)
    {
        var (plan, insurer, tpa) = await scene.DraftedPlanAsync();
        return (await scene.ControlPlans(insurer).AdoptControlPlanAsync(ControlCalls.Adopt(plan), deadline: People.Deadline), insurer, tpa);
    }

    /// <summary>The one control of a plan, due soon.</summary>
    public static async Task<(Control Control, Actor Insurer, Actor Delegate)> DueControlAsync(this Scene scene)
    {
        var (plan, insurer, tpa) = await scene.DraftedPlanAsync();
        var alone = await scene.ControlPlans(insurer).UpdateControlPlanAsync(ControlCalls.Update(plan, plan.Controls[0]), deadline: People.Deadline);
        await scene.ControlPlans(insurer).AdoptControlPlanAsync(ControlCalls.Adopt(alone), deadline: People.Deadline);
        return ((await scene.ControlsAsync(insurer, plan.DelegationId)).Single(), insurer, tpa);
    }

    public static async Task<IReadOnlyList<Control>> ControlsAsync(this Scene scene, Actor actor, string delegation) =>
        (await scene.ControlPlans(actor).ListControlsAsync(new ListControlsRequest { DelegationId = delegation }, deadline: People.Deadline)).Controls;

    public static async Task<Control> AttachAsync(this Scene scene, Control control, Actor insurer)
    {
        using var call = scene.ControlPlans(insurer).AttachControlEvidence(deadline: People.Deadline);
        await call.RequestStream.WriteAsync(ControlCalls.Attach(control));
        await call.RequestStream.CompleteAsync();
        return await call;
    }
}
