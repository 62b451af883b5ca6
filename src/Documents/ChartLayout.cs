using System.Globalization;

namespace Delegation.Documents;

/// <summary>A chart as one piece: title, legend, axis with round numbers, bars or lines.</summary>
internal static class ChartLayout
{
    private const double PlotHeight = 130;
    private const double LabelHeight = 16;
    private const double TitleHeight = 18;
    private const double AxisWidth = 70;
    private const int MostSteps = 5;
    private const string Grey = "0.8 0.8 0.8";

    private static readonly string[] Colours = ["0.12 0.35 0.62", "0.87 0.47 0.12", "0.33 0.58 0.27", "0.52 0.30 0.60"];

    public static Piece Of(Block.Chart chart, double width) => new(14, TitleHeight + TitleHeight + PlotHeight + LabelHeight)
    {
        Draw = (sheet, top) =>
        {
            sheet.Line(chart.Title, TextStyle.SmallHeading, 0, top);
            Legend(sheet, chart, top + TitleHeight);
            Plot(sheet, chart, new Frame(AxisWidth, top + (2 * TitleHeight), width - AxisWidth, Scale(chart)));
        },
    };

    /// <summary>Round numbers from below the least value, or 0, to above the greatest: first, last and what is between two of them.</summary>
    internal static (double From, double To, double Step) Scale(Block.Chart chart)
    {
        var values = chart.Series.SelectMany(series => series.Values).OfType<double>().Append(0).ToArray();
        var (least, greatest) = (values.Min(), values.Max());
        var raw = (greatest - least) / MostSteps;
        if (raw == 0)
            return (0, 1, 1);

        var power = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        var step = power * new[] { 1, 2, 2.5, 5, 10 }.First(part => part * power >= raw * 0.999999);
        return (Math.Floor(least / step) * step, Math.Ceiling(greatest / step) * step, step);
    }

    private static void Legend(Sheet sheet, Block.Chart chart, double top)
    {
        var x = 0d;
        foreach (var (index, series) in chart.Series.Index())
        {
            sheet.Box(x, top + 2.5, 7, 7, Colours[index % Colours.Length]);
            sheet.Line(series.Name, TextStyle.Small, x + 11, top);
            x += 11 + TextStyle.Small.Measure(series.Name) + 18;
        }
    }

    private static void Plot(Sheet sheet, Block.Chart chart, Frame frame)
    {
        for (var tick = frame.Scale.From; tick <= frame.Scale.To + (frame.Scale.Step / 2); tick += frame.Scale.Step)
        {
            var text = Text(tick, frame.Scale.Step, chart.Unit);
            sheet.Line(text, TextStyle.Small, frame.Left - 6 - TextStyle.Small.Measure(text), frame.At(tick) - 6);
            sheet.Path([(frame.Left, frame.At(tick)), (frame.Left + frame.Width, frame.At(tick))], Grey, 0.5);
        }

        var slot = frame.Width / Math.Max(1, chart.Labels.Count);
        foreach (var (index, series) in chart.Series.Index())
            if (chart.IsLine)
                Line(sheet, series, frame, slot, Colours[index % Colours.Length]);
            else
                Bars(sheet, series, frame, slot, (index, chart.Series.Count), Colours[index % Colours.Length]);

        Labels(sheet, chart, frame, slot);
    }

    private static void Bars(Sheet sheet, ChartSeries series, Frame frame, double slot, (int Index, int Count) of, string colour)
    {
        var width = slot * 0.7 / of.Count;
        foreach (var (place, value) in series.Values.Index())
            if (value is { } number)
            {
                var (above, below) = (Math.Min(frame.At(number), frame.At(0)), Math.Max(frame.At(number), frame.At(0)));
                sheet.Box(frame.Left + (slot * (place + 0.15)) + (width * of.Index), above, width, below - above, colour);
            }
    }

    // A value that is not there interrupts the line.
    private static void Line(Sheet sheet, ChartSeries series, Frame frame, double slot, string colour)
    {
        var run = new List<(double, double)>();
        foreach (var (place, value) in series.Values.Append(null).Index())
        {
            if (value is { } number)
            {
                run.Add((frame.Left + (slot * (place + 0.5)), frame.At(number)));
                sheet.Box(run[^1].Item1 - 1.5, run[^1].Item2 - 1.5, 3, 3, colour);
                continue;
            }

            if (run.Count > 1)
                sheet.Path(run, colour, 1.4);
            run = [];
        }
    }

    // As many labels as have room, evenly.
    private static void Labels(Sheet sheet, Block.Chart chart, Frame frame, double slot)
    {
        var widest = chart.Labels.Select(TextStyle.Small.Measure).DefaultIfEmpty().Max() + 6;
        var every = Math.Max(1, (int)Math.Ceiling(widest / slot));
        for (var place = 0; place < chart.Labels.Count; place += every)
        {
            var middle = frame.Left + (slot * (place + 0.5));
            sheet.Line(chart.Labels[place], TextStyle.Small, middle - (TextStyle.Small.Measure(chart.Labels[place]) / 2), frame.Top + PlotHeight + 3);
        }
    }

    private static string Text(double tick, double step, string unit)
    {
        var places = Math.Clamp((int)Math.Ceiling(-Math.Log10(step) - 0.000001) + (step.ToString(CultureInfo.InvariantCulture).Contains("25", StringComparison.Ordinal) ? 1 : 0), 0, 6);
        var number = (Math.Abs(tick) < step / 2 ? 0 : tick).ToString($"#,##0.{new string('0', step >= 10 ? 0 : places)}", CultureInfo.InvariantCulture);
        return $"{number.Replace(',', '\u00A0').Replace('.', ',')}{(unit.Length > 0 ? "\u00A0" : "")}{unit}";
    }

    // Where the values are drawn.
    private sealed record Frame(double Left, double Top, double Width, (double From, double To, double Step) Scale)
    {
        public double At(double value) => Top + (PlotHeight * (Scale.To - value) / (Scale.To - Scale.From));
    }
}
