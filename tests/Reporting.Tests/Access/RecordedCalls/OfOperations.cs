using Delegation.Access.V1;
using Delegation.Reporting.Tests.Operations;
using Delegation.Reporting.V1;
using Delegation.TestKit.Access;

namespace Delegation.Reporting.Tests.Access.RecordedCalls;

internal sealed class OfOperations : IRecordedCalls
{
    public IEnumerable<RecordedCall> All =>
    [
        new(V1.Operations.Descriptor, "ListOperations", Who.AnyMember(), async scene =>
        {
            var (delegation, insurer) = await PreparedAsync(scene);
            return (insurer, new ListOperationsRequest { DelegationId = delegation });
        }),
        new(V1.Operations.Descriptor, "ListOperationVersions", Who.AnyMember(), async scene =>
        {
            var (delegation, insurer) = await PreparedAsync(scene);
            return (insurer, new ListOperationVersionsRequest { DelegationId = delegation, Reference = "R1" });
        }),
        new(V1.Operations.Descriptor, "GetOperationCounts", Who.AnyMember(), async scene =>
        {
            var (delegation, insurer) = await PreparedAsync(scene);
            return (insurer, new GetOperationCountsRequest { DelegationId = delegation, PeriodStartDay = "2026-04-01", PeriodEndDay = "2026-04-30" });
        }),
    ];

    private static async Task<(string Delegation, Actor Insurer)> PreparedAsync(Scene scene)
    {
        var delegation = await scene.DelegationAsync();
        await scene.TellAsync(delegation, new Told("R1", "quote", "2026-04-02"));
        return (delegation.Delegation.ToString(), await scene.MemberAsync(delegation.Insurer, Side.Insurer, Role.Actuary));
    }
}
