using System.Text;
using Delegation.ServiceDefaults.Errors;

namespace Delegation.ProjectDelivery.Scoping.Grid;

/// <summary>The text of a CSV file as spreadsheets write it: UTF-8, with or without its mark, or else Windows-1252.</summary>
internal static class GridText
{
    public const int LargestFile = 2 * 1024 * 1024;

    private static readonly Encoding StrictUtf8 = new UTF8Encoding(false, throwOnInvalidBytes: true);
    private static readonly Encoding Windows1252 = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    /// <summary>Null with a violation.</summary>
    public static string? Read(ReadOnlySpan<byte> file, ICollection<FieldViolation> violations)
    {
        var violation = WhatIsWrong(file);
        var text = violation is null ? Decode(file) : null;
        if (!string.IsNullOrWhiteSpace(text))
            return text;

        violations.Add(violation ?? GridViolations.Empty);
        return null;
    }

    private static FieldViolation? WhatIsWrong(ReadOnlySpan<byte> file) => file switch
    {
        [] => GridViolations.Empty,
        { Length: > LargestFile } => GridViolations.TooLarge(LargestFile),
        [0x50, 0x4B, 0x03, 0x04, ..] or [0xD0, 0xCF, 0x11, 0xE0, ..] => GridViolations.Spreadsheet,
        [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] => GridViolations.NotText,
        _ => file.Contains((byte)0) ? GridViolations.NotText : null,
    };

    private static string Decode(ReadOnlySpan<byte> file)
    {
        if (file is [0xEF, 0xBB, 0xBF, ..])
            file = file[3..];
        try
        {
            return StrictUtf8.GetString(file);
        }
        catch (DecoderFallbackException)
        {
            return Windows1252.GetString(file);
        }
    }
}
