using Delegation.ProjectDelivery.Phases;
using Delegation.Reporting.V1;

namespace Delegation.ProjectDelivery.Hypercare.Criteria;

/// <summary>What Reporting counts of the run in the agreed window: the last days before today, from the beginning of the run at the earliest.</summary>
internal sealed record Observation(HypercareRow Terms, DateOnly RunStartDay, OperationCounts Counts)
{
    public static Finding NotBegun { get; } = Finding.Unmet(new("The run has not begun, or began today.", "L'exploitation n'a pas commencé, ou commence aujourd'hui."));

    /// <summary>The objects that answered: the terms, and what imports had told.</summary>
    public Answered[] Answering =>
    [
        new(HypercareRow.ObjectType, Terms.ProjectId, Terms.TermsRevision),
        .. Counts.LastImportId.Length > 0 ? [new Answered("import", Counts.LastImportId, Counts.CoveredToDay)] : Array.Empty<Answered>(),
    ];

    /// <summary>Null before the run has lasted a day.</summary>
    public static async Task<Observation?> OfAsync(CriterionQuestion question, CancellationToken cancellationToken)
    {
        var terms = await question.Session.ReadHypercareAsync(question.Project, cancellationToken);
        var last = question.Today.AddDays(-1);
        if (terms.RunStartDay is not { } start || start > last)
            return null;

        var first = last.AddDays(1 - terms.WindowDays);
        return new Observation(terms, start, await question.Reporting.CountsAsync(first > start ? first : start, last));
    }
}
