using Delegation.Access.V1;
using Delegation.Reporting.Tests.Technical;
using Delegation.Reporting.V1;
using Delegation.TestKit.Access;

namespace Delegation.Reporting.Tests.Access.RecordedCalls;

internal sealed class OfTechnicalReports : IRecordedCalls
{
    public IEnumerable<RecordedCall> All =>
    [
        new(TechnicalReports.Descriptor, "GetTechnicalReport", Who.AnyMember(), async scene =>
        {
            var (insurer, delegation, _) = await scene.ToldAsync();
            return (await scene.MemberAsync(insurer, Side.Insurer, Role.Actuary), TechnicalCalls.Year(delegation, ReportView.Accounting, TechnicalDimension.Category));
        }),
        new(TechnicalReports.Descriptor, "GetTechnicalTriangle", Who.AnyMember(Side.Insurer), async scene =>
        {
            var (insurer, delegation, _) = await scene.ToldAsync();
            return (await scene.MemberAsync(insurer, Side.Insurer, Role.Actuary), TechnicalCalls.Triangle(delegation));
        }),
        new(TechnicalReports.Descriptor, "CreateTechnicalInput", Who.MembersOf(Side.Insurer, Role.Actuary, Role.Reporting, Role.DelegationManager), async scene =>
        {
            var (insurer, delegation, _) = await scene.DelegationAsync();
            return (await scene.MemberAsync(insurer, Side.Insurer, Role.Actuary), TechnicalCalls.Provision(delegation, 2025, "2025-12-31", 12_00));
        }),
        new(TechnicalReports.Descriptor, "ListTechnicalInputs", Who.AnyMember(Side.Insurer), async scene =>
        {
            var (insurer, delegation, _) = await scene.DelegationAsync();
            var actuary = await scene.MemberAsync(insurer, Side.Insurer, Role.Actuary);
            await new TechnicalReports.TechnicalReportsClient(scene.As(actuary)).CreateTechnicalInputAsync(TechnicalCalls.Provision(delegation, 2025, "2025-12-31", 12_00), deadline: TechnicalCalls.Deadline);
            return (actuary, new ListTechnicalInputsRequest { DelegationId = delegation.ToString() });
        }),
        new(TechnicalReports.Descriptor, "RebuildRollups", Who.Services(), async scene =>
        {
            await scene.ToldAsync();
            return (scene.System, new RebuildRollupsRequest());
        }),
    ];
}
