using Delegation.Reporting.Reports;
using Delegation.Reporting.V1;
using FsCheck;
using FsCheck.Fluent;

namespace Delegation.Reporting.Tests.Reports;

public sealed class Differences_of_versions
{
    private static readonly Gen<ReportCell> Cells = Gen.OneOf(
        Gen.Choose(-2, 2).Select(number => Cell.Of((long?)number)), Gen.Constant(Cell.None), Gen.Elements("a", "b").Select(text => Cell.Of(text)));

    // Some of five lines, with some of three columns, so that lines and columns come and go.
    private static readonly Gen<Version> Versions =
        from columns in Gen.SubListOf("x", "y", "z").Where(list => list.Count > 0)
        from keys in Gen.SubListOf("A", "B", "C", "D", "E")
        from cells in Cells.ListOf(15)
        from totals in Cells.ListOf(columns.Count)
        select new Version(
            new ReportTable { Key = "t", Columns = { columns.Select(key => new ReportColumn { Key = key }) }, Totals = { totals.Select(cell => cell.Clone()) } },
            [.. keys.Select((key, line) => new ReportLine { Key = key, Cells = { columns.Select((_, place) => cells[(line * 3) + place].Clone()) } })]);

    [Fact]
    public void Differences_applied_to_the_first_version_give_the_second() =>
        Prop.ForAll(Versions.Two().ToArbitrary(), pair => Applied(pair.Item1, Between(pair.Item1, pair.Item2)).SetEquals(Facts(pair.Item2))).QuickCheckThrowOnFailure();

    [Fact]
    public void There_are_differences_exactly_where_two_versions_differ() => Prop.ForAll(
        Versions.Two().ToArbitrary(),
        pair => (Between(pair.Item1, pair.Item2).Count == 0) == Facts(pair.Item1).SetEquals(Facts(pair.Item2))).QuickCheckThrowOnFailure();

    private static List<ReportDifference> Between(Version first, Version second) => Differences.OfTableAsync(
        first.Table, first.Lines.ToDictionary(line => line.Key), second.Table, second.Lines.ToAsyncEnumerable()).ToBlockingEnumerable().ToList();

    private static HashSet<(string, string, ReportCell)> Applied(Version version, List<ReportDifference> differences)
    {
        var facts = Facts(version);
        foreach (var one in differences)
        {
            // What it was is said too.
            Assert.True(one.Before is null || facts.Remove((one.LineKey, one.ColumnKey, one.Before)));
            Assert.True(one.After is null || facts.Add((one.LineKey, one.ColumnKey, one.After)));
        }

        return facts;
    }

    private static HashSet<(string, string, ReportCell)> Facts(Version version) =>
    [
        .. version.Lines.Append(new ReportLine { Key = "", Cells = { version.Table.Totals } })
            .SelectMany(line => line.Cells.Zip(version.Table.Columns, (cell, column) => (line.Key, column.Key, cell))),
    ];

    private sealed record Version(ReportTable Table, IReadOnlyList<ReportLine> Lines);
}
