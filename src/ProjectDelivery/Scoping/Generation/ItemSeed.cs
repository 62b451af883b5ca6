using Delegation.Delivery.V1;
using Delegation.ProjectDelivery.Projects;
using Delegation.ProjectDelivery.Scoping.Items;

namespace Delegation.ProjectDelivery.Scoping.Generation;

/// <summary>What items of one answer have in common: the project and the question.</summary>
internal sealed record ItemSeed(ProjectRow Project, string Origin)
{
    public static ItemSeed Of(ProjectRow project, ScopingQuestion question) => new(project, question.Stored());

    /// <summary>An item that says something, as one of the project that comes from a part of the answer.</summary>
    public T Plant<T>(string key, T item)
        where T : GeneratedRow => (T)((GeneratedRow)item with
        {
            OwnerId = Project.OwnerId,
            DelegationId = Project.DelegationId,
            DelegateId = Project.DelegateId,
            ProjectId = Project.Id,
            Origin = Origin,
            OriginKey = key,
        });

    /// <summary>So many days after the project opened, and not after it is meant to reach the run.</summary>
    public DateOnly Due(int days)
    {
        var due = Project.OpeningDay.AddDays(days);
        return due > Project.TargetDay ? Project.TargetDay.Value : due;
    }
}
