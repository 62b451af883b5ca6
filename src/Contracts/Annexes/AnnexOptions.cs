namespace Delegation.Contracts.Annexes;

/// <summary>The section <c>Annexes</c> of the configuration.</summary>
internal sealed class AnnexOptions
{
    /// <summary>How many bytes a file may have at most.</summary>
    public long LargestFileBytes { get; set; } = 100 * 1024 * 1024;
}
