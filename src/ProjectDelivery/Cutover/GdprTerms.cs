using Delegation.Contracts.V1;
using Delegation.Persistence.Tenancy;
using Delegation.ProjectDelivery.Phases;
using Delegation.ProjectDelivery.Phases.Criteria;
using Delegation.ProjectDelivery.Projects;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Outcomes;
using Delegation.ServiceDefaults.Time;
using Grpc.Core;

namespace Delegation.ProjectDelivery.Cutover;

/// <summary>Asks Contracts, in the name of the caller, whether personal data may move: the rule is that of the gates, and nobody overrides it.</summary>
internal sealed class GdprTerms(Peers peers, TimeProvider clock)
{
    /// <summary>What answered, or a refusal.</summary>
    /// <exception cref="RpcException">UNAVAILABLE or DEADLINE_EXCEEDED: Contracts does not answer.</exception>
    public async Task<Outcome<IReadOnlyList<Answered>>> SignedAsync(TenantSession session, ProjectRow project, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var (answers, reporting) = peers.About(project.DelegationId, now, cancellationToken);
        try
        {
            var question = new CriterionQuestion(project, session, answers, reporting, ParisDays.DayAt(now));
            var finding = await new GdprTermsSigned().LookAsync(question, cancellationToken);
            if (!finding.IsMet)
                return Refused(project, finding.Found);

            // Somebody answered that no personal data are processed: this lot says otherwise.
            var regimes = await answers.RegimesAsync();
            return regimes.Regimes.Any(flag => flag is { Regime: Regime.GdprProcessing, Applies: true })
                ? new Outcome<IReadOnlyList<Answered>>.Accepted(finding.Evidence)
                : Refused(project, new(
                    "The questionnaire says that no personal data are processed: answer it anew.", "Le questionnaire dit qu'aucune donnée personnelle n'est traitée : répondez-y de nouveau."));
        }
        catch (RpcException refused) when (refused.StatusCode
            is StatusCode.Unauthenticated or StatusCode.PermissionDenied or StatusCode.NotFound or StatusCode.FailedPrecondition)
        {
            throw RpcErrors.PassOn(refused);
        }
    }

    private static Outcome<IReadOnlyList<Answered>> Refused(ProjectRow project, LocalizedText found) => new Outcome<IReadOnlyList<Answered>>.Refused(
        "GDPR_TERMS_REQUIRED",
        new("No personal data move before the GDPR terms are signed, dry runs included.", "Aucune donnée personnelle ne circule avant la signature des clauses RGPD, y compris à blanc."),
        new UnmetCondition("GDPR_TERMS_SIGNED", project.DelegationId.ToString(), found));
}
