namespace Delegation.Reporting.Imports.Kinds;

/// <summary>What cells of a field look like, and what is stored of them.</summary>
internal enum FieldType
{
    /// <summary>A text, trimmed.</summary>
    Text,

    /// <summary>One of a list; the code of the platform is stored.</summary>
    Code,

    /// <summary>Yes or no, by a list of codes.</summary>
    YesNo,

    /// <summary>A day.</summary>
    Day,

    /// <summary>A day, with the time where there is one: two columns.</summary>
    DayAndTime,

    /// <summary>A month; its first day is stored.</summary>
    Month,

    /// <summary>Euros; cents are stored.</summary>
    Money,

    /// <summary>A whole number.</summary>
    Count,

    /// <summary>A number with decimals.</summary>
    Number,
}

/// <summary>A field that lines of an import have.</summary>
/// <param name="Name">As mappings and reasons name it.</param>
/// <param name="Type">What its cells look like.</param>
/// <param name="IsRequired">A file without its column is refused, and so is a line where the cell is empty.</param>
/// <param name="Headers">How its column is named where no mapping says otherwise, folded.</param>
internal sealed record ImportField(string Name, FieldType Type, bool IsRequired, string[] Headers)
{
    /// <summary>What can be in it, where that is a list: folded code to what is stored.</summary>
    public IReadOnlyDictionary<string, string>? Codes { get; init; }

    /// <summary>The column of the table; for a day with time the one of the day.</summary>
    public string Column { get; init; } = Name;

    /// <summary>What is stored where the cell is empty or the file has no such column; null for nothing, which is 0 for numbers.</summary>
    public string? Default { get; init; }

    /// <summary>Whether nothing can be stored.</summary>
    public bool IsNullable { get; init; }

    /// <summary>A number below zero is a mistake.</summary>
    public bool IsPositive { get; init; }

    /// <summary>A count that goes beyond 32 bits.</summary>
    public bool IsLarge { get; init; }

    /// <summary>The column of the time of a day with time.</summary>
    public string TimeColumn => Column.Replace("_day", "_time", StringComparison.Ordinal);

    /// <summary>As in the reasons, RECEIVE for <c>receive</c>.</summary>
    public string Upper { get; } = Name.ToUpperInvariant();
}
