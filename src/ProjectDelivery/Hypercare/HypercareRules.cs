using Delegation.Access.V1;
using Delegation.Persistence.Commands;
using Delegation.ProjectDelivery.Hypercare.Criteria;
using Delegation.ProjectDelivery.Phases;
using Delegation.ProjectDelivery.Projects;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Outcomes;

namespace Delegation.ProjectDelivery.Hypercare;

/// <summary>Decides on the terms of exit and on the release of the project team.</summary>
internal static class HypercareRules
{
    /// <summary>Null where the terms may change: the caller read them as they are, and the team is not released on them.</summary>
    public static Outcome<HypercareRow>? CanChangeTerms(HypercareRow hypercare, string etag) =>
        Etag.Mismatch<HypercareRow>(etag, hypercare.ProjectId, hypercare.TermsRevision) ?? (hypercare.IsReleased ? Released : null);

    public static Outcome<HypercareRow> Agree(HypercareRow hypercare, Side side, string etag, DateTime now) =>
        CanChangeTerms(hypercare, etag) ?? (hypercare.IsAgreedBy(side)
            ? new Outcome<HypercareRow>.Refused("TERMS_ALREADY_AGREED", new("Your side has agreed to them already.", "Votre partie les a déjà validés."))
            : new Outcome<HypercareRow>.Accepted(hypercare.AgreedBy(side, now)));

    /// <summary>The team is released once everything else that the gate to cruise asks for is met or overridden.</summary>
    public static Outcome<HypercareRow> Release(ProjectRow project, HypercareRow hypercare, GateVerdict verdict, Side side, string etag, DateTime now)
    {
        if ((RunRules.NeedsHypercare<HypercareRow>(project) ?? CanChangeTerms(hypercare, etag)) is { } refused)
            return refused;

        if (hypercare.IsReleasedBy(side))
            return new Outcome<HypercareRow>.Refused(
                "TEAM_ALREADY_RELEASED", new("Your side has released it; the other has not yet.", "Votre partie l'a libérée ; l'autre pas encore."));

        UnmetCondition[] missing = [.. verdict.Missing.Where(condition => condition.Subject != ProjectTeamReleased.Name)];
        return missing.Length > 0
            ? new Outcome<HypercareRow>.Refused(
                "EXIT_CRITERIA_MISSING",
                new("The project team is still needed: each missing criterion is listed.", "L'équipe projet est encore nécessaire : chaque critère manquant est indiqué."),
                missing)
            : new Outcome<HypercareRow>.Accepted(hypercare.ReleasedBy(side, now));
    }

    private static Outcome<HypercareRow> Released { get; } = new Outcome<HypercareRow>.Refused(
        "TEAM_RELEASED", new("The project team is released.", "L'équipe projet est libérée."));
}
