using Delegation.Persistence.Tenancy;
using Delegation.ProjectDelivery.Launch;
using Delegation.ServiceDefaults.Time;

namespace Delegation.ProjectDelivery.Committees;

/// <summary>Decisions with an owner become actions of the project in progress, which keep where they come from.</summary>
internal static class DecidedActions
{
    /// <summary>The project in progress of a delegation, which the session may see; null where there is none.</summary>
    public static Task<ProjectInProgress?> FindProjectInProgressAsync(this DatabaseSession session, Parties parties, CancellationToken cancellationToken) =>
        session.FindAsync<ProjectInProgress>(
            "SELECT project_id AS id, name FROM project WHERE owner_id = @OwnerId AND delegation_id = @DelegationId AND phase <> 'closed'",
            new { parties.OwnerId, parties.DelegationId },
            cancellationToken);

    /// <summary>Where the project was closed meanwhile, the decisions stay decisions.</summary>
    public static async Task<IReadOnlyList<ActionRow>> BecomeActionsAsync(
        this DatabaseSession session, MeetingRow meeting, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var actions = new List<ActionRow>();
        if (await session.FindProjectInProgressAsync(meeting.Parties, cancellationToken) is not { } project)
            return actions;

        foreach (var decision in (await session.ListDecisionsAsync(meeting, cancellationToken)).Where(decision => decision.Side is not null))
        {
            var time = now.InMicroseconds();
            var action = new ActionRow(
                meeting.OwnerId, meeting.DelegationId, meeting.DelegateId, project.Id, project.Name, NewId.At(now), decision.Title, Description: "",
                decision.Side!, decision.Role, decision.PersonId, decision.DueDay!.Value, State: "open", GoalId: null, decision.Id, time, time, Revision: 1);
            await session.InsertActionAsync(action, cancellationToken);
            await session.SetActionAsync(meeting, decision.Id, action.Id, cancellationToken);
            actions.Add(action);
        }

        return actions;
    }
}

/// <summary>The project that actions go to.</summary>
internal sealed record ProjectInProgress(Guid Id, string Name);
