namespace Delegation.Reporting.Imports;

/// <summary>The section <c>Imports</c> of the configuration.</summary>
internal sealed class ImportOptions
{
    /// <summary>How many bytes a file may have at most, as it is sent.</summary>
    public long LargestFileBytes { get; set; } = 1024L * 1024 * 1024;

    /// <summary>How many bytes it may have at most once it is unpacked.</summary>
    public long LargestUnpackedBytes { get; set; } = 4L * 1024 * 1024 * 1024;

    /// <summary>How many times its bytes a compressed file may become. Tables of a bordereau become ten to thirty times theirs.</summary>
    public int LargestRatio { get; set; } = 200;

    /// <summary>How many cells of the rollups of an import are in memory, of about a hundred bytes each; up to half a million.</summary>
    public int CellsInMemory { get; set; } = 1 << 18;

    /// <summary>How long each statement of the last step may take.</summary>
    public TimeSpan StatementLimit { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How long an announced import waits for its file.</summary>
    public TimeSpan WaitsFor { get; set; } = TimeSpan.FromDays(7);
}
