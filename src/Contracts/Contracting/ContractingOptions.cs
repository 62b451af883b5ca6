namespace Delegation.Contracts.Contracting;

/// <summary>The section <c>Contracting</c> of the configuration.</summary>
internal sealed class ContractingOptions
{
    /// <summary>How many days ahead of the end of a contract, and of the last day for a notice before it renews itself, both sides are told.</summary>
    public int WarnDays { get; set; } = 90;
}
