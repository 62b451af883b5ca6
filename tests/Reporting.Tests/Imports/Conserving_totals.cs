using System.Text;
using Delegation.TestKit;
using FsCheck;
using FsCheck.Fluent;
using Kind = Delegation.Reporting.V1.Import.Types.Kind;

namespace Delegation.Reporting.Tests.Imports;

public sealed class Conserving_totals(ReportingHost host) : IClassFixture<ReportingHost>, IDisposable
{
    private const int Files = 12;

    // What is written, and the cents that it stands for; null for what is no amount.
    private static readonly (string Text, long? Cents)[] Amounts =
        [("", 0), ("12,50", 1250), ("-3", -300), ("1 234,05", 123405), ("0.1", 10), ("1,234", null), ("12 €", null), ("x", null), ("100000000", 10_000_000_000), ("100000001", null)];

    public void Dispose() => host.Logs.AssertNoErrors();

    [PostgresFact]
    public void Whatever_is_in_the_cells_every_line_and_every_cent_that_can_be_read_is_accepted_or_rejected() =>
        Prop.ForAll(Lines().NonEmptyListOf().ToArbitrary(), lines => CheckAsync([.. lines]).GetAwaiter().GetResult()).Check(Config.QuickThrowOnFailure.WithMaxTest(Files));

    private async Task<bool> CheckAsync(Line[] lines)
    {
        var sides = await host.Scene.SidesAsync();
        var text = $"reference;check_day;operation_kind;erroneous;amount;deviation\n{string.Concat(lines.Select(line => $"{line.Cells};{line.Amount.Text};{line.Deviation.Text}\n"))}";

        var import = await host.Scene.ImportAsync(sides, Kind.QualitySamples, Encoding.UTF8.GetBytes(text), new DateOnly(2026, 4, 1), new DateOnly(2026, 4, 30));

        // Right is a line whose cells all are, and that is the first right one with its reference.
        var right = lines.Where(line => line.IsRight).DistinctBy(line => line.Cells.Split(';')[0]).ToArray();
        Assert.Equal((lines.Length, right.Length, lines.Length - right.Length), (import.ReadLines, import.AcceptedLines, import.RejectedLines));
        foreach (var (field, of) in new (string, Func<Line, long?>)[] { ("amount", line => line.Amount.Cents), ("deviation", line => line.Deviation.Cents) })
        {
            var total = import.Totals.Single(total => total.Field == field);
            var (read, accepted) = (lines.Sum(of) ?? 0, right.Sum(of) ?? 0);
            Assert.Equal((read, accepted, read - accepted), (total.Read, total.Accepted, total.Rejected));
        }

        return true;
    }

    private static Gen<Line> Lines() =>
        from reference in Gen.Elements("R1", "R2", "R3", "R4", "R5", "R6", "")
        from day in Gen.Frequency((8, Gen.Elements("2026-04-02", "30/04/2026")), (2, Gen.Elements("2026-05-01", "", "31/02/2026")))
        from kind in Gen.Frequency((9, Gen.Constant("devis")), (1, Gen.Elements("", "voyage")))
        from amount in Gen.Elements(Amounts)
        from deviation in Gen.Elements(Amounts)
        select new Line($"{reference};{day};{kind};non", amount, deviation, reference.Length > 0 && day is "2026-04-02" or "30/04/2026" && kind == "devis");

    private sealed record Line(string Cells, (string Text, long? Cents) Amount, (string Text, long? Cents) Deviation, bool CellsAreRight)
    {
        public bool IsRight => CellsAreRight && Cells[0] != ';' && Amount.Cents is not null && Deviation.Cents is not null;
    }
}
