using Delegation.Access.V1;
using Delegation.Delivery.V1;
using Delegation.Persistence.Tenancy;
using Delegation.Persistence.Work;
using Delegation.ProjectDelivery.Projects;
using Delegation.ServiceDefaults.Errors;

namespace Delegation.ProjectDelivery.Scoping.Answers;

/// <summary>Questions without an answer stand on the work lists of both sides, a proposed answer on that of each side that has not validated it.</summary>
internal static class AnswerWork
{
    public const string ObjectType = "scoping_answer";

    private static readonly Side[] Sides = [Side.Insurer, Side.Delegate];
    private static readonly int Questions = Enum.GetValues<ScopingQuestion>().Count(question => question != ScopingQuestion.Unspecified);

    /// <summary>In scoping, as long as one of the questions has no answer, whoever leads the project on either side has to give one.</summary>
    public static async Task AwaitAnswersAsync(this TenantSession session, ProjectRow project, TimeProvider clock, CancellationToken cancellationToken)
    {
        var answered = await session.FindAsync<long>(
            "SELECT count(DISTINCT question) FROM scoping_answer WHERE owner_id = @OwnerId AND project_id = @Id", new { project.OwnerId, project.Id }, cancellationToken);
        var open = project.Position.Phase == ProjectPhase.Scoping ? Questions - answered : 0;
        foreach (var side in Sides)
        {
            var key = new WorkItemKey("scoping.answer", ProjectsService.ObjectType, project.Id, side);
            if (open == 0)
                await session.CloseWorkItemAsync(key, clock, cancellationToken);
            else
                await session.OpenWorkItemAsync(
                    new OpenWork(
                        key, project.OwnerId, project.DelegationId, project.DelegateId,
                        new LocalizedText($"{project.Name}: answer the scoping questions ({open} left)", $"{project.Name} : répondre aux questions de cadrage (reste {open})"))
                    {
                        Roles = [Role.DelegationManager, Role.ProjectLead],
                        DueDay = project.TargetDay,
                    },
                    clock,
                    cancellationToken);
        }
    }

    public static async Task AwaitConsentAsync(this TenantSession session, ProjectRow project, AnswerRow answer, TimeProvider clock, CancellationToken cancellationToken)
    {
        foreach (var side in Sides)
            if (answer.HasConsentOf(side))
                await session.CloseWorkItemAsync(Key(answer, side), clock, cancellationToken);
            else
                await session.OpenWorkItemAsync(Work(project, answer, side), clock, cancellationToken);
    }

    public static async Task AwaitNothingAsync(this TenantSession session, AnswerRow answer, TimeProvider clock, CancellationToken cancellationToken)
    {
        foreach (var side in Sides)
            await session.CloseWorkItemAsync(Key(answer, side), clock, cancellationToken);
    }

    /// <summary>The question in words.</summary>
    public static LocalizedText Words(ScopingQuestion question) => question switch
    {
        ScopingQuestion.GuaranteeGrid => new("guarantee grid", "grille des garanties"),
        ScopingQuestion.TakeOver => new("data to take over", "données à reprendre"),
        ScopingQuestion.Reports => new("reports", "reportings"),
        ScopingQuestion.ThirdPartySegments => new("segments of third-party payment", "segments du tiers payant"),
        ScopingQuestion.DigitalFunctions => new("digital functions", "fonctionnalités digitales"),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static WorkItemKey Key(AnswerRow answer, Side side) => new("scoping.validate", ObjectType, answer.Id, side);

    private static OpenWork Work(ProjectRow project, AnswerRow answer, Side side)
    {
        var words = Words(answer.Asked);
        return new OpenWork(
            Key(answer, side), answer.OwnerId, answer.DelegationId, answer.DelegateId,
            new LocalizedText($"{project.Name}: validate the answer on {words.English}", $"{project.Name} : valider la réponse sur {words.French}"))
        {
            Roles = [Role.DelegationManager, Role.ProjectLead],
        };
    }
}
