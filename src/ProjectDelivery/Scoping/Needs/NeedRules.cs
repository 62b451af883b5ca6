using Delegation.Access.V1;
using Delegation.Delivery.V1;
using Delegation.Persistence.Access;
using Delegation.Persistence.Commands;
using Delegation.ProjectDelivery.Projects;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;
using Google.Protobuf;
using NeedOutcome = Delegation.Delivery.V1.NeedDecision.Types.Outcome;
using State = Delegation.Delivery.V1.Need.Types.State;

namespace Delegation.ProjectDelivery.Scoping.Needs;

/// <summary>Decides on decisions: one side proposes, and the other confirms exactly that.</summary>
internal static class NeedRules
{
    /// <summary>A decision that waits for the other side, in place of one that waited.</summary>
    public static Outcome<NeedRow> Propose(ProjectRow project, NeedRow need, NeedDecision decision, string etag, Side side, DateTime now) =>
        CannotBeDecided(project, need, etag)
        ?? new Outcome<NeedRow>.Accepted(need with { Proposed = decision.ToByteArray(), ProposedBy = side.Code(), UpdateTime = now, Revision = need.Revision + 1 });

    /// <summary>The decision in effect; what an accepted need becomes is for the caller to make.</summary>
    public static Outcome<NeedRow> Confirm(ProjectRow project, NeedRow need, string etag, Side side, DateTime now)
    {
        if (CannotBeDecided(project, need, etag) is { } refused)
            return refused;

        if (need.ProposedDecision is not { } decision)
            return new Outcome<NeedRow>.Refused("NO_DECISION_PROPOSED", new("No decision on this need is proposed.", "Aucune décision n'est proposée sur ce besoin."));

        if (need.ProposedBy == side.Code())
            return new Outcome<NeedRow>.Refused(
                "DECISION_OF_YOUR_SIDE", new("Your side proposed this decision; the other side confirms it.", "Votre partie a proposé cette décision ; l'autre partie la confirme."));

        return new Outcome<NeedRow>.Accepted(need with
        {
            State = (decision.Outcome switch { NeedOutcome.Accept => State.Accepted, NeedOutcome.Refuse => State.Refused, _ => State.Deferred }).Stored(),
            Decision = need.Proposed,
            DeferredDay = decision.Outcome == NeedOutcome.Defer ? DayField.ReadOptional("due_day", decision.DueDay, []) : null,
            Proposed = null,
            ProposedBy = null,
            UpdateTime = now,
            Revision = need.Revision + 1,
        });
    }

    private static Outcome<NeedRow>? CannotBeDecided(ProjectRow project, NeedRow need, string etag) =>
        Etag.Mismatch<NeedRow>(etag, need.Id, need.Revision)
        ?? ProjectChange.NeedsAProjectInProgress<NeedRow>(project)
        ?? (need.IsSettled ? new Outcome<NeedRow>.Refused("NEED_DECIDED", new("This need is accepted or refused already.", "Ce besoin est déjà accepté ou refusé.")) : null);
}
