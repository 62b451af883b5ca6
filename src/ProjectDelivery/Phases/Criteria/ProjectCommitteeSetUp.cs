using Delegation.ServiceDefaults.Errors;

namespace Delegation.ProjectDelivery.Phases.Criteria;

/// <summary>A project has a body that makes a formal point, in which both sides sit.</summary>
internal sealed class ProjectCommitteeSetUp : ICriterion
{
    public string Code => "PROJECT_COMMITTEE_SET_UP";

    public LocalizedText Title { get; } = new("A project or steering committee of both sides is set up", "Un comité de projet ou de pilotage des deux parties est installé");

    public LocalizedText LooksAt { get; } = new("The committees of the delegation", "Les comités de la délégation");

    public async Task<Finding> LookAsync(CriterionQuestion question, CancellationToken cancellationToken)
    {
        var committee = await question.Session.FindAsync<Known>(
            """
            SELECT committee_id AS id, name FROM committee
            WHERE owner_id = @OwnerId AND delegation_id = @DelegationId AND level IN ('project_committee', 'steering_committee')
              AND cardinality(insurer_roles) > 0 AND cardinality(delegate_roles) > 0
            ORDER BY committee_id
            LIMIT 1
            """,
            new { question.Project.OwnerId, question.Project.DelegationId },
            cancellationToken);
        return committee is null
            ? Finding.Unmet(new("There is none in which both sides sit.", "Aucun ne réunit les deux parties."))
            : Finding.Met(new(committee.Name, committee.Name), new Answered("committee", committee.Id, 1));
    }

    private sealed record Known(Guid Id, string Name);
}
