using Delegation.ProjectDelivery.Phases;
using Delegation.ServiceDefaults.Errors;

namespace Delegation.ProjectDelivery.Hypercare.Criteria;

/// <summary>As many of the first operations as agreed were looked at one by one and found right, and none that was found wrong is still so.</summary>
internal sealed class FirstOperationsChecked : ICriterion
{
    public string Code => "FIRST_OPERATIONS_CHECKED";

    public LocalizedText Title { get; } = new("The first operations were checked one by one", "Les premières opérations ont été contrôlées une à une");

    public LocalizedText LooksAt { get; } = new("The latest check of each operation", "Le dernier contrôle de chaque opération");

    public async Task<Finding> LookAsync(CriterionQuestion question, CancellationToken cancellationToken)
    {
        var hypercare = await question.Session.ReadHypercareAsync(question.Project, cancellationToken);
        var (right, wrong, wanted) = (hypercare.RightOperations, hypercare.WrongOperations, hypercare.FirstOperations);
        return Finding.Of(
            right >= wanted && wrong == 0,
            new($"Right: {right} of {wanted}; wrong: {wrong}.", $"Conformes : {right} sur {wanted} ; non conformes : {wrong}."),
            new Answered(HypercareRow.ObjectType, hypercare.ProjectId, hypercare.TermsRevision));
    }
}
