namespace Delegation.Reporting.Imports;

/// <summary>Which character separates the cells of a file.</summary>
internal static class Separators
{
    /// <summary>The one that the header has more of, outside quotes; a semicolon where it has neither.</summary>
    /// <param name="head">The beginning of the file, with its first line.</param>
    public static char Of(ReadOnlySpan<char> head)
    {
        var (semicolons, commas, quoted) = (0, 0, false);
        foreach (var character in head)
        {
            if (character == '"')
                quoted = !quoted;
            else if (quoted)
                continue;
            else if (character is '\r' or '\n' && semicolons + commas > 0)
                break;
            else if (character == ';')
                semicolons++;
            else if (character == ',')
                commas++;
        }

        return commas > semicolons ? ',' : ';';
    }
}
