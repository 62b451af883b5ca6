namespace Delegation.ProjectDelivery.SetUp;

/// <summary>A total that a side counts: items and, where there are any, their amount in cents of a euro.</summary>
internal sealed record CountedLine(long Count, long? AmountCents);

/// <summary>What both sides count under one label. The rows of the whole file are the line without label.</summary>
/// <param name="Label">The label.</param>
/// <param name="Insurer">What the insurer counts; null where it has no such line.</param>
/// <param name="Delegate">What the delegate counts; null where it has no such line.</param>
/// <param name="Explanation">Why they differ.</param>
/// <param name="ExplainedBy">The side that said so, as stored.</param>
internal sealed record ReconciledLine(string Label, CountedLine? Insurer, CountedLine? Delegate, string Explanation = "", string? ExplainedBy = null)
{
    /// <summary>The label of the rows of the whole file.</summary>
    public const string AllRows = "";

    public bool Differs => Insurer != Delegate;

    /// <summary>Items of the insurer less those of the delegate.</summary>
    public long CountDifference => (Insurer?.Count ?? 0) - (Delegate?.Count ?? 0);

    /// <summary>Amount of the insurer less that of the delegate.</summary>
    public long AmountDifference => (Insurer?.AmountCents ?? 0) - (Delegate?.AmountCents ?? 0);
}

/// <summary>Compares what both sides count, line by line.</summary>
internal static class Reconciliation
{
    /// <summary>
    /// All lines of both sides, those without label first and then in the order of labels. An explanation stays where the difference is the one
    /// that it was given for.
    /// </summary>
    public static IReadOnlyList<ReconciledLine> Reconcile(
        IReadOnlyDictionary<string, CountedLine> insurer, IReadOnlyDictionary<string, CountedLine> other, IReadOnlyList<ReconciledLine> before)
    {
        var explained = before.Where(line => line.Explanation.Length > 0).ToDictionary(line => line.Label);
        return
        [
            .. insurer.Keys.Union(other.Keys).Order(StringComparer.Ordinal).Select(label =>
            {
                var line = new ReconciledLine(label, insurer.GetValueOrDefault(label), other.GetValueOrDefault(label));
                return explained.TryGetValue(label, out var former) && line == former with { Explanation = "", ExplainedBy = null } ? former : line;
            }),
        ];
    }
}
