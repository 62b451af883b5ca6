using Delegation.ProjectDelivery.Phases;
using Delegation.ServiceDefaults.Errors;

namespace Delegation.ProjectDelivery.Cutover;

/// <summary>The run needs that each lot was taken over for good, and that both sides accepted what was loaded.</summary>
internal sealed class LotsReconciled : ICriterion
{
    public string Code => "LOTS_RECONCILED";

    public LocalizedText Title { get; } = new("Each lot is taken over and reconciled", "Chaque lot est repris et rapproché");

    public LocalizedText LooksAt { get; } = new(
        "The lots in use, and the take-overs that both sides accepted, dry runs apart", "Les lots en vigueur, et les reprises acceptées par les deux parties, hors reprises à blanc");

    public async Task<Finding> LookAsync(CriterionQuestion question, CancellationToken cancellationToken)
    {
        var lots = await question.Session.QueryAsync<Known>(
            """
            SELECT l.lot_id AS id, l.title, l.revision, EXISTS (
                SELECT FROM take_over t
                WHERE t.owner_id = l.owner_id AND t.project_id = l.project_id AND t.lot_id = l.lot_id AND t.state = 'accepted' AND NOT t.dry_run
                  AND t.lot_revision = l.revision) AS isreconciled
            FROM take_over_lot l
            WHERE l.owner_id = @OwnerId AND l.project_id = @Id AND l.state <> 'retired'
            ORDER BY l.lot_id
            LIMIT 1000
            """,
            new { question.Project.OwnerId, question.Project.Id },
            cancellationToken);
        var open = lots.Where(lot => !lot.IsReconciled).ToArray();
        return open.Length > 0
            ? Finding.Unmet(new($"Not reconciled: {Titles(open)}", $"Non rapprochés : {Titles(open)}"), Evidence(open))
            : Finding.Met(new($"Lots reconciled: {lots.Count}.", $"Lots rapprochés : {lots.Count}."), Evidence(lots));
    }

    private static string Titles(IReadOnlyList<Known> lots) => string.Join(" ; ", lots.Take(5).Select(lot => lot.Title)) + (lots.Count > 5 ? " …" : "");

    private static Answered[] Evidence(IEnumerable<Known> lots) => [.. lots.Take(50).Select(lot => new Answered("take_over_lot", lot.Id, lot.Revision))];

    private sealed record Known(Guid Id, string Title, long Revision, bool IsReconciled);
}
