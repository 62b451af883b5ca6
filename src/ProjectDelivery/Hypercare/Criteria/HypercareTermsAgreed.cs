using Delegation.ProjectDelivery.Phases;
using Delegation.ServiceDefaults.Errors;

namespace Delegation.ProjectDelivery.Hypercare.Criteria;

/// <summary>Both sides know before the cutover what must be so to leave hypercare.</summary>
internal sealed class HypercareTermsAgreed : ICriterion
{
    public string Code => "HYPERCARE_TERMS_AGREED";

    public LocalizedText Title { get; } = new(
        "Both sides agreed on the terms of exit from hypercare", "Les deux parties ont validé les critères de sortie du suivi rapproché");

    public LocalizedText LooksAt { get; } = new("The terms and who agreed to them", "Les critères et qui les a validés");

    public async Task<Finding> LookAsync(CriterionQuestion question, CancellationToken cancellationToken)
    {
        var hypercare = await question.Session.ReadHypercareAsync(question.Project, cancellationToken);
        return Finding.Of(
            hypercare.AreTermsAgreed,
            hypercare.AreTermsAgreed ? new("Agreed by both.", "Validés par les deux.") : new("Not agreed by both as they are.", "Non validés en l'état par les deux."),
            new Answered(HypercareRow.ObjectType, hypercare.ProjectId, hypercare.TermsRevision));
    }
}
