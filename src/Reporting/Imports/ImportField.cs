namespace Delegation.Reporting.Imports;

/// <summary>A field that lines of an import have.</summary>
/// <param name="Name">As mappings and reasons name it.</param>
/// <param name="IsRequired">A file without its column is refused.</param>
/// <param name="Headers">How its column is named where no mapping says otherwise, folded.</param>
/// <param name="Codes">What can be in it, where that is a list: folded code to what is stored.</param>
internal sealed record ImportField(string Name, bool IsRequired, string[] Headers, IReadOnlyDictionary<string, string>? Codes = null);
