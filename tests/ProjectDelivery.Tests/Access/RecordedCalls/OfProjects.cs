using Delegation.Access.V1;
using Delegation.Delivery.V1;
using Delegation.TestKit.Access;

namespace Delegation.ProjectDelivery.Tests.Access.RecordedCalls;

internal sealed class OfProjects : IRecordedCalls
{
    public IEnumerable<RecordedCall> All =>
    [
        new(Delivery.V1.Projects.Descriptor, "OpenProject", Leads, async scene =>
        {
            var two = await scene.DelegationAsync();
            return (two.Delegate, Preparing.Opening(two));
        }),
        new(Delivery.V1.Projects.Descriptor, "GetProject", Who.AnyMember(), async scene =>
        {
            var (two, project) = await scene.ProjectAsync();
            return (two.Delegate, new GetProjectRequest { ProjectId = project.Id });
        }),
        new(Delivery.V1.Projects.Descriptor, "ListProjects", Who.AnyMember(), async scene =>
        {
            var (two, project) = await scene.ProjectAsync();
            return (two.Insurer, new ListProjectsRequest { DelegationId = project.DelegationId });
        }),
        new(Delivery.V1.Projects.Descriptor, "UpdateProject", Leads, async scene =>
        {
            var (two, project) = await scene.ProjectAsync();
            return (two.Delegate, new UpdateProjectRequest { ProjectId = project.Id, Name = "Reprise", TargetDay = "2026-12-01", Etag = project.Etag });
        }),
        new(Delivery.V1.Projects.Descriptor, "StopProject", Who.MembersOf(Side.Insurer, Role.DelegationManager, Role.ProjectLead), async scene =>
        {
            var (two, project) = await scene.ProjectAsync();
            await scene.BecomesAsync(two, "closed");
            return (two.Insurer, new StopProjectRequest { ProjectId = project.Id, Reason = "La délégation a pris fin.", Etag = project.Etag });
        }),
    ];

    private static AccessRule Leads => Who.Members(Role.DelegationManager, Role.ProjectLead);
}
