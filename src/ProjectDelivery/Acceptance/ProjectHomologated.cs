using Delegation.ProjectDelivery.Phases;
using Delegation.ServiceDefaults.Errors;

namespace Delegation.ProjectDelivery.Acceptance;

/// <summary>A cutover needs a homologation report that both sides signed after the acceptance reports that it stands on.</summary>
internal sealed class ProjectHomologated : ICriterion
{
    public string Code => "HOMOLOGATION_SEALED";

    public LocalizedText Title { get; } = new("The homologation report is signed", "Le procès-verbal d'homologation est signé");

    public LocalizedText LooksAt { get; } = new(
        "The latest sealed homologation report, and the acceptance reports sealed since",
        "Le dernier procès-verbal d'homologation scellé, et les procès-verbaux de recette scellés depuis");

    public async Task<Finding> LookAsync(CriterionQuestion question, CancellationToken cancellationToken)
    {
        var homologation = await question.Session.FindAsync<Known>(
            """
            SELECT h.report_id AS id, h.text_sha256 AS textsha256, (
                SELECT count(*) FROM acceptance_report a
                WHERE a.owner_id = h.owner_id AND a.project_id = h.project_id AND a.kind = 'acceptance' AND a.state = 'sealed' AND a.seal_time > h.create_time
            ) AS since
            FROM acceptance_report h
            WHERE h.owner_id = @OwnerId AND h.project_id = @Id AND h.kind = 'homologation' AND h.state = 'sealed'
            ORDER BY h.seal_time DESC
            LIMIT 1
            """,
            new { question.Project.OwnerId, question.Project.Id },
            cancellationToken);
        if (homologation is null)
            return Finding.Unmet(new("Both sides have signed none.", "Les deux parties n'en ont signé aucun."));

        var evidence = new Answered(ReportRow.ObjectType, homologation.Id.ToString(), homologation.TextSha256);
        return homologation.Since > 0
            ? Finding.Unmet(new("An acceptance report was signed after it: homologate anew.", "Un procès-verbal de recette a été signé depuis : homologuez de nouveau."), evidence)
            : Finding.Met(new("Signed by both sides.", "Signé par les deux parties."), evidence);
    }

    private sealed record Known(Guid Id, string TextSha256, long Since);
}
