namespace Delegation.Contracts.LetterOfEngagement;

/// <summary>The section <c>LetterOfEngagement</c> of the configuration.</summary>
internal sealed class LetterOptions
{
    /// <summary>How many days a letter may last at most, both its first and its last included: a year, unless the platform's operator says otherwise.</summary>
    public int LongestDays { get; set; } = 366;
}
