using Delegation.Access.V1;
using Delegation.Reporting.V1;
using Delegation.TestKit.Access;

namespace Delegation.Reporting.Tests.Access.RecordedCalls;

internal sealed class OfReports : IRecordedCalls
{
    public IEnumerable<RecordedCall> All =>
    [
        new(V1.Reports.Descriptor, "ListReports", Who.AnyMember(), async scene =>
        {
            var (insurer, delegation, _) = await scene.DelegationAsync();
            return (await scene.MemberAsync(insurer, Side.Insurer, Role.Actuary), new ListReportsRequest { DelegationId = delegation.ToString() });
        }),
    ];
}
