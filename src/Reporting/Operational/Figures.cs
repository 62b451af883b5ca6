namespace Delegation.Reporting.Operational;

/// <summary>What is counted of some days besides flows and times, all in whole numbers: formulas divide them once.</summary>
internal sealed record Figures
{
    public long CallsOffered { get; init; }

    public long CallsAnswered { get; init; }

    public long CallsAbandoned { get; init; }

    public long CallsTimed { get; init; }

    public long WaitSeconds { get; init; }

    public long ComplaintsReceived { get; init; }

    public long ComplaintsClosed { get; init; }

    public long ComplaintsAcknowledged { get; init; }

    public long ClaimsTold { get; init; }

    public long ClaimsAutomated { get; init; }

    public long Closed { get; init; }

    public long Stock { get; init; }

    public long Insured { get; init; }

    public long Checked { get; init; }

    public long Erroneous { get; init; }

    public long CheckedCents { get; init; }

    public long DeviationCents { get; init; }

    public long LinksActive { get; init; }

    public long Links { get; init; }

    public long ReportsDue { get; init; }

    public long ReportsInTime { get; init; }
}
