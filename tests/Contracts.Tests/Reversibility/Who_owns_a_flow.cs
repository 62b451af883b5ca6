using Delegation.Contracts.Reversibility;
using Delegation.Contracts.V1;
using Delegation.ServiceDefaults.Fields;
using FsCheck;
using FsCheck.Fluent;

namespace Delegation.Contracts.Tests.Reversibility;

/// <summary>Flows of requests for reimbursement: no day without an owner, none with two.</summary>
public sealed class Who_owns_a_flow
{
    private static readonly DateOnly Cutover = new(2027, 1, 1);

    [Fact]
    public void A_flow_changes_hands_on_its_redirection_day_and_is_received_twice_for_its_window()
    {
        var flow = new ExitFlow
        {
            Kind = ExitFlowKind.Noemie, RedirectionDay = "2026-12-15", DoubleRunDays = 30, Misdirected = MisdirectedRule.Forward, MisdirectedDays = 2,
        };

        Assert.Equal((ClaimManager.Outgoing, false), Owner(flow, new(2026, 12, 14)));
        Assert.Equal((ClaimManager.Incoming, true), Owner(flow, new(2026, 12, 15)));
        Assert.Equal((ClaimManager.Incoming, true), Owner(flow, new(2027, 1, 13)));
        Assert.Equal((ClaimManager.Incoming, false), Owner(flow, new(2027, 1, 14)));
        Assert.Equal("2027-01-15", FlowRules.On(flow, Cutover, new(2027, 1, 13)).ActByDay);
    }

    [Fact]
    public void A_flow_that_is_not_settled_changes_hands_with_the_cutover()
    {
        var flow = new ExitFlow { Kind = ExitFlowKind.Paper };

        Assert.Equal((ClaimManager.Outgoing, false), Owner(flow, Cutover.AddDays(-1)));
        Assert.Equal((ClaimManager.Incoming, false), Owner(flow, Cutover));
        Assert.Empty(FlowRules.On(flow, Cutover, Cutover).ActByDay);
    }

    [Fact]
    public void Every_flow_has_one_owner_on_each_day_without_gap_or_overlap() => Prop.ForAll(Flows().ToArbitrary(), flow =>
    {
        var owners = Enumerable.Range(-500, 1500).Select(offset => FlowRules.On(flow, Cutover, Cutover.AddDays(offset))).ToArray();
        var outgoing = owners.TakeWhile(owner => owner.Owner == ClaimManager.Outgoing).Count();
        return owners.Skip(outgoing).All(owner => owner.Owner == ClaimManager.Incoming)
            && owners.Take(outgoing).All(owner => !owner.DoubleRun)
            && owners.Skip(outgoing).TakeWhile(owner => owner.DoubleRun).Count() == flow.DoubleRunDays
            && owners.Count(owner => owner.DoubleRun) == flow.DoubleRunDays;
    }).QuickCheckThrowOnFailure();

    private static (ClaimManager, bool) Owner(ExitFlow flow, DateOnly day) => FlowRules.On(flow, Cutover, day) is var owner ? (owner.Owner, owner.DoubleRun) : default;

    private static Gen<ExitFlow> Flows() =>
        from kind in Gen.Elements<ExitFlowKind>([.. FlowRules.Kinds])
        from offset in Gen.Choose(-400, 400)
        from window in Gen.Choose(0, 365)
        from days in Gen.Choose(1, 30)
        select new ExitFlow { Kind = kind, RedirectionDay = DayField.Write(Cutover.AddDays(offset)), DoubleRunDays = window, Misdirected = MisdirectedRule.Forward, MisdirectedDays = days };
}
