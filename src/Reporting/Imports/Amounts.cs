namespace Delegation.Reporting.Imports;

/// <summary>
/// Numbers as they are written in France and elsewhere: a comma or a point before one or two decimals, blanks between groups of three digits, a sign in
/// front. What could mean two things, as 1.234 and 1,234.56, is no number.
/// </summary>
internal static class Amounts
{
    // A hundred million euros on a line; the sum of all lines of the largest file fits.
    private const long Largest = 10_000_000_000;

    /// <summary>Reads euros as cents.</summary>
    public static bool TryReadCents(ReadOnlySpan<byte> text, out long cents) => TryRead(text, mostDecimals: 2, out cents);

    /// <summary>Reads a whole number.</summary>
    public static bool TryReadCount(ReadOnlySpan<byte> text, out long count) => TryRead(text, mostDecimals: 0, out count) && count is >= int.MinValue and <= int.MaxValue;

    private static bool TryRead(ReadOnlySpan<byte> text, int mostDecimals, out long number)
    {
        number = 0;
        text = Blanks.Trim(text);
        var isNegative = text is [(byte)'-', ..];
        if (isNegative || text is [(byte)'+', ..])
            text = text[1..];

        // Digits since the last blank; all of them as long as there was none.
        var (digits, isGrouped) = (0, false);
        while (!text.IsEmpty)
        {
            var step = 1;
            if (text[0] is >= (byte)'0' and <= (byte)'9' && number <= Largest)
                (number, digits) = ((number * 10) + text[0] - '0', digits + 1);
            else if (text[0] is (byte)',' or (byte)'.')
                break;
            else if ((step = Blanks.AtStart(text)) > 0 && (isGrouped ? digits == 3 : digits is >= 1 and <= 3))
                (digits, isGrouped) = (0, true);
            else
                return false;
            text = text[step..];
        }

        if (digits == 0 || (isGrouped && digits != 3) || (text.Length > 0 && (mostDecimals == 0 || text.Length == 1)))
            return false;
        return TryReadDecimals(text.IsEmpty ? text : text[1..], mostDecimals, ref number) && Signed(isNegative, ref number);
    }

    private static bool TryReadDecimals(ReadOnlySpan<byte> text, int most, ref long number)
    {
        if (text.Length > most)
            return false;
        for (var place = 0; place < most; place++)
        {
            var digit = place < text.Length ? text[place] - '0' : 0;
            if (digit is < 0 or > 9)
                return false;
            number = (number * 10) + digit;
        }

        return true;
    }

    private static bool Signed(bool isNegative, ref long number)
    {
        if (isNegative)
            number = -number;
        return number is >= -Largest and <= Largest;
    }
}
