using Delegation.Persistence.Commands;
using Delegation.Persistence.Tenancy;
using Delegation.ProjectDelivery.Projects;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Outcomes;
using Delegation.ServiceDefaults.Time;
using State = Delegation.Delivery.V1.GateOverride.Types.State;

namespace Delegation.ProjectDelivery.Phases;

/// <summary>Decides on overrides: one side proposes, the other confirms, and the clock or the facts end them.</summary>
internal static class Overriding
{
    /// <summary>Only what was found not to be met, and may be overridden, is proposed.</summary>
    public static Outcome<OverrideRow> Propose(ProjectRow project, OverrideFields fields, Finding finding, Caller caller, DateTimeOffset now)
    {
        if (ProjectChange.NeedsAProjectInProgress<OverrideRow>(project) is { } closed)
            return closed;

        if (!fields.Criterion.Overridable)
            return new Outcome<OverrideRow>.Refused(
                "CRITERION_NOT_OVERRIDABLE",
                new("No agreement of the parties replaces this criterion.", "Aucun accord des parties ne remplace ce critère."));

        return finding.Kind switch
        {
            FindingKind.Met => new Outcome<OverrideRow>.Refused(
                "CRITERION_MET", new("The criterion is met: there is nothing to override.", "Le critère est satisfait : il n'y a rien à déroger.")),
            FindingKind.NotAnswered => NotAnswered(fields.Criterion.Code, finding),
            _ => new Outcome<OverrideRow>.Accepted(fields.Propose(project, caller, finding, now)),
        };
    }

    /// <summary>The other side agrees to what it read.</summary>
    public static Outcome<OverrideRow> Confirm(ProjectRow project, OverrideRow proposal, Caller caller, string etag, DateTimeOffset now)
    {
        if ((ProjectChange.NeedsAProjectInProgress<OverrideRow>(project) ?? Etag.Mismatch<OverrideRow>(etag, proposal.Id, proposal.Revision) ?? NeedsAProposal(proposal))
            is { } refused)
            return refused;

        if (caller.Side != proposal.ConfirmingSide)
            return new Outcome<OverrideRow>.Refused(
                "OVERRIDE_OF_YOUR_SIDE", new("Your side proposed it: the other side is to confirm it.", "Votre partie l'a proposée : il revient à l'autre de la confirmer."));

        if (ParisDays.DayAt(now) > proposal.EndDay)
            return new Outcome<OverrideRow>.Refused(
                "OVERRIDE_OVER", new("Its end day is over. Withdraw it, and propose another one.", "Sa date de fin est passée. Retirez-la et proposez-en une autre."));

        return new Outcome<OverrideRow>.Accepted(proposal with
        {
            State = State.InForce.Stored(), ConfirmerId = caller.PersonId, ConfirmTime = now.InMicroseconds(), Revision = proposal.Revision + 1,
        });
    }

    /// <summary>Either side takes back, or declines, what is not confirmed.</summary>
    public static Outcome<OverrideRow> Withdraw(OverrideRow proposal, string etag, DateTimeOffset now) =>
        Etag.Mismatch<OverrideRow>(etag, proposal.Id, proposal.Revision) ?? NeedsAProposal(proposal)
        ?? new Outcome<OverrideRow>.Accepted(proposal.Ended(State.Withdrawn, now));

    /// <summary>Over once the criterion is found met.</summary>
    public static Outcome<OverrideRow> Settle(OverrideRow open, Finding finding, string etag, DateTimeOffset now)
    {
        if (Etag.Mismatch<OverrideRow>(etag, open.Id, open.Revision) is { } refused)
            return refused;

        if (open.In is not (State.InForce or State.Expired))
            return new Outcome<OverrideRow>.Refused(
                "OVERRIDE_NOT_OPEN", new("This override is neither in force nor expired.", "Cette dérogation n'est ni en vigueur ni expirée."));

        return finding.Kind switch
        {
            FindingKind.Met => new Outcome<OverrideRow>.Accepted(open.Ended(State.Settled, now)),
            FindingKind.NotAnswered => NotAnswered(open.Criterion, finding),
            _ => new Outcome<OverrideRow>.Refused(
                "CRITERION_UNMET",
                new("The criterion is still not met.", "Le critère n'est toujours pas satisfait."),
                new UnmetCondition("CRITERION_UNMET", open.Criterion, finding.Found)),
        };
    }

    /// <summary>An override as it is since it ended.</summary>
    public static OverrideRow Ended(this OverrideRow ended, State state, DateTimeOffset now) =>
        ended with { State = state.Stored(), EndTime = now.InMicroseconds(), Revision = ended.Revision + 1 };

    private static Outcome<OverrideRow>? NeedsAProposal(OverrideRow proposal) => proposal.In == State.Proposed
        ? null
        : new Outcome<OverrideRow>.Refused(
            "OVERRIDE_NOT_PROPOSED", new("This override does not wait for anybody.", "Cette dérogation n'attend la décision de personne."));

    private static Outcome<OverrideRow> NotAnswered(string criterion, Finding finding) => new Outcome<OverrideRow>.Refused(
        "CRITERION_NOT_ANSWERED",
        new("The service that knows could not be asked. Try again.", "Le service qui le sait n'a pas pu être interrogé. Réessayez."),
        new UnmetCondition("CRITERION_NOT_ANSWERED", criterion, finding.Found));
}
