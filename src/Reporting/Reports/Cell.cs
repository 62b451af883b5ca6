using Delegation.Reporting.V1;
using Delegation.ServiceDefaults.Fields;

namespace Delegation.Reporting.Reports;

/// <summary>Makes cells of reports: whole numbers, and quotients in millionths that are rounded once.</summary>
internal static class Cell
{
    private const long Millionths = 1_000_000;

    extension(ReportCell cell)
    {
        /// <summary>Whether it holds a number.</summary>
        public bool HasNumber => cell.ValueCase == ReportCell.ValueOneofCase.Number;

        /// <summary>Whether it holds a text or a day.</summary>
        public bool HasText => cell.ValueCase == ReportCell.ValueOneofCase.Text;
    }

    /// <summary>No value, as a quotient by zero.</summary>
    public static ReportCell None => new();

    /// <summary>A number of things, or an amount in minor units.</summary>
    public static ReportCell Of(long? number) => number is { } value ? new ReportCell { Number = value } : None;

    /// <summary>A text.</summary>
    public static ReportCell Of(string text) => new() { Text = text };

    /// <summary>A day.</summary>
    public static ReportCell Of(DateOnly? day) => day is null ? None : new ReportCell { Text = DayField.Write(day) };

    /// <summary>A quotient in millionths, half away from zero; no value by zero. For ratios, decimals and days.</summary>
    public static ReportCell Quotient(long dividend, long divisor)
    {
        if (divisor == 0)
            return None;

        var (scaled, by) = divisor < 0 ? (-(Int128)dividend * Millionths, -(Int128)divisor) : ((Int128)dividend * Millionths, (Int128)divisor);
        var half = scaled < 0 ? -by : by;
        return new ReportCell { Number = (long)(((2 * scaled) + half) / (2 * by)) };
    }

    /// <summary>A number that is not whole, in millionths, half away from zero; none for null.</summary>
    public static ReportCell Decimal(decimal? value) =>
        value is { } number ? new ReportCell { Number = (long)Math.Round(number * Millionths, MidpointRounding.AwayFromZero) } : None;
}
