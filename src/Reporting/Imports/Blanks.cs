namespace Delegation.Reporting.Imports;

/// <summary>What stands around a value and means nothing: blanks, tabs, and the blanks that do not break, in UTF-8.</summary>
internal static class Blanks
{
    /// <summary>Whether there is nothing else.</summary>
    public static bool AreAll(ReadOnlySpan<byte> text) => Trim(text).IsEmpty;

    /// <summary>Without them.</summary>
    public static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> text)
    {
        while (AtStart(text) is > 0 and var length)
            text = text[length..];
        while (AtEnd(text) is > 0 and var length)
            text = text[..^length];
        return text;
    }

    /// <summary>Without them.</summary>
    public static ReadOnlyMemory<byte> Trim(ReadOnlyMemory<byte> text)
    {
        var inside = Trim(text.Span);
        return inside.IsEmpty ? default : text.Slice((int)System.Runtime.CompilerServices.Unsafe.ByteOffset(
            ref System.Runtime.InteropServices.MemoryMarshal.GetReference(text.Span), ref System.Runtime.InteropServices.MemoryMarshal.GetReference(inside)), inside.Length);
    }

    /// <summary>How many bytes the blank at the start has; 0 where there is none.</summary>
    public static int AtStart(ReadOnlySpan<byte> text) => text switch
    {
        [(byte)' ' or (>= 9 and <= 13), ..] => 1,
        [0xC2, 0xA0, ..] => 2,
        [0xE2, 0x80, 0xAF or (>= 0x80 and <= 0x8A), ..] => 3,
        _ => 0,
    };

    private static int AtEnd(ReadOnlySpan<byte> text) => text switch
    {
        [.., (byte)' ' or (>= 9 and <= 13)] => 1,
        [.., 0xC2, 0xA0] => 2,
        [.., 0xE2, 0x80, 0xAF or (>= 0x80 and <= 0x8A)] => 3,
        _ => 0,
    };
}
