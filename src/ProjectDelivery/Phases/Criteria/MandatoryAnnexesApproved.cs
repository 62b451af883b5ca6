using Delegation.Contracts.V1;
using Delegation.ServiceDefaults.Errors;

namespace Delegation.ProjectDelivery.Phases.Criteria;

/// <summary>Outsourcing does not start before the mandatory annexes have an approved version that is valid.</summary>
internal sealed class MandatoryAnnexesApproved : ICriterion
{
    private static readonly (DueAnnex.Types.Kind Kind, LocalizedText Name)[] Mandatory =
    [
        (DueAnnex.Types.Kind.ServiceLevelAgreement, new("service-level agreement", "convention de service")),
        (DueAnnex.Types.Kind.CybersecurityPolicy, new("cybersecurity policy", "politique de cybersécurité")),
        (DueAnnex.Types.Kind.CsrCharter, new("CSR charter", "charte RSE")),
        (DueAnnex.Types.Kind.BusinessContinuityPlan, new("business continuity plan", "plan de continuité d'activité")),
    ];

    public string Code => "MANDATORY_ANNEXES_APPROVED";

    public LocalizedText Title { get; } = new("The four mandatory annexes are approved", "Les quatre annexes obligatoires sont approuvées");

    public LocalizedText LooksAt { get; } = new("The approved version of each mandatory annex", "La version approuvée de chaque annexe obligatoire");

    public KnownBy KnownBy => KnownBy.Contracts;

    public async Task<Finding> LookAsync(CriterionQuestion question, CancellationToken cancellationToken)
    {
        var approved = (await question.Contracts.AnnexesAsync()).Where(annex => annex.ApprovedVersionId.Length > 0).ToLookup(annex => annex.Kind);
        var missing = Mandatory.Where(annex => !approved.Contains(annex.Kind)).Select(annex => annex.Name).ToArray();

        // The approved version never changes; the annex around it does, while a newer one is reviewed.
        var evidence = Mandatory.SelectMany(annex => approved[annex.Kind]).Select(annex => new Answered("annex", annex.Id, annex.ApprovedVersionId)).ToArray();
        return missing.Length == 0
            ? Finding.Met(new("All four are approved.", "Les quatre sont approuvées."), evidence)
            : Finding.Unmet(
                new($"Not approved: {string.Join(", ", missing.Select(name => name.English))}.", $"Non approuvées : {string.Join(", ", missing.Select(name => name.French))}."),
                evidence);
    }
}
