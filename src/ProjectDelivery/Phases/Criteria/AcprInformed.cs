using Delegation.Contracts.V1;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;

namespace Delegation.ProjectDelivery.Phases.Criteria;

/// <summary>The ACPR is informed before a critical or important activity is outsourced: C. ass. L354-3.</summary>
internal sealed class AcprInformed : ICriterion
{
    private const string Requirement = "CA-L354-3-NOTIFICATION";

    public string Code => "ACPR_INFORMED";

    public LocalizedText Title { get; } = new("The ACPR is informed of a critical outsourcing", "L'ACPR est informée d'une externalisation critique");

    public LocalizedText LooksAt { get; } = new(
        $"Whether the activity is critical, and the evidence in force for {Requirement}", $"Le caractère critique de l'activité, et les pièces en vigueur pour {Requirement}");

    public KnownBy KnownBy => KnownBy.Contracts;

    public bool Overridable => false;

    public async Task<Finding> LookAsync(CriterionQuestion question, CancellationToken cancellationToken)
    {
        var regimes = await question.Contracts.RegimesAsync();
        var asked = Answered.WithEtag("regimes", regimes.DelegationId, regimes.Etag);
        if (!regimes.Regimes.Any(flag => flag is { Regime: Regime.Solvency2Critical, Applies: true }))
            return Finding.Met(new("The activity is neither critical nor important.", "L'activité n'est ni importante ni critique."), asked);

        var today = DayField.Write(question.Today);
        var proof = (await question.Contracts.EvidenceAsync()).FirstOrDefault(evidence => evidence.Kind == EvidenceKind.AcprNotification
            && evidence.RequirementIds.Contains(Requirement)
            && evidence.WithdrawTime is null
            && string.CompareOrdinal(evidence.StartDay, today) <= 0
            && (evidence.EndDay.Length == 0 || string.CompareOrdinal(today, evidence.EndDay) <= 0));

        // Evidence is recorded or withdrawn, and never changed.
        return proof is null
            ? Finding.Unmet(
                new("The activity is critical or important, and no evidence shows that the ACPR was informed.",
                    "L'activité est importante ou critique, et aucune pièce n'établit l'information de l'ACPR."), asked)
            : Finding.Met(
                new($"{proof.Title}, {proof.StartDay}.", $"{proof.Title}, {proof.StartDay}."), asked, new Answered("evidence", Guid.Parse(proof.Id), 1));
    }
}
