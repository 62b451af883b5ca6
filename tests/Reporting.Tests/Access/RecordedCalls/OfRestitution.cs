using Delegation.Access.V1;
using Delegation.Reporting.Tests.Reports;
using Delegation.Reporting.V1;
using Delegation.TestKit.Access;

namespace Delegation.Reporting.Tests.Access.RecordedCalls;

internal sealed class OfRestitution : IRecordedCalls
{
    public IEnumerable<RecordedCall> All =>
    [
        new(V1.Restitution.Descriptor, "DownloadData", Who.MembersOf(Side.Insurer, Role.DelegationManager, Role.Reporting, Role.Actuary), async scene =>
        {
            var (sides, report) = await scene.DueAsync();
            return (sides.Reader, new DownloadDataRequest { DelegationId = report.DelegationId });
        }),
    ];
}
