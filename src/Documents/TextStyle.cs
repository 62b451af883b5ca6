namespace Delegation.Documents;

/// <summary>How text looks.</summary>
/// <param name="Size">In points.</param>
/// <param name="Leading">From line to line, in points.</param>
/// <param name="Bold">Bold or not.</param>
internal sealed record TextStyle(double Size, double Leading, bool Bold = false)
{
    public static readonly TextStyle Headline = new(18, 24, Bold: true);
    public static readonly TextStyle Heading = new(12, 17, Bold: true);
    public static readonly TextStyle SmallHeading = new(10, 14, Bold: true);
    public static readonly TextStyle Body = new(9.5, 13.5);
    public static readonly TextStyle Small = new(8, 11);
    public static readonly TextStyle Head = new(8, 11, Bold: true);

    /// <summary>For tables of many columns.</summary>
    public static readonly TextStyle Tiny = new(6.5, 9);
    public static readonly TextStyle TinyHead = new(6.5, 9, Bold: true);

    public TrueTypeFont Font => Bold ? TrueTypeFont.Bold : TrueTypeFont.Regular;

    /// <summary>From the top of a line to the foot of its letters.</summary>
    public double Ascent => ((Leading - Size) / 2) + (Size * 0.86);

    public double Measure(string text) => Font.Measure(text) * Size / 1000;
}
