using System.Text;
using Delegation.Portfolios;
using Delegation.Reporting.Tests.Imports;
using Delegation.Reporting.V1;
using Delegation.TestKit;
using Grpc.Core;
using Kind = Delegation.Reporting.V1.Import.Types.Kind;
using Mode = Delegation.Reporting.V1.Import.Types.Mode;

namespace Delegation.Reporting.Tests.Rollups;

/// <summary>Cells are added up while lines are read; what is known of the lines only afterwards is taken away again.</summary>
public sealed class Cells_of_imports(Cells_of_imports.FewCells host) : IClassFixture<Cells_of_imports.FewCells>, IDisposable
{
    private static readonly Portfolio Portfolio = new(new PortfolioPlan { People = 200, Contracts = 6, Months = 3 });

    public void Dispose() => host.Logs.AssertNoErrors();

    [PostgresTheory]
    [InlineData(Kind.Benefits)]
    [InlineData(Kind.Premiums)]
    [InlineData(Kind.Membership)]
    public async Task They_are_what_the_lines_add_up_to_whatever_is_read_and_then_not_told(Kind kind)
    {
        var sides = await host.Scene.SidesAsync();
        var lines = Lines(kind);
        var (half, most) = (lines[..(lines.Length / 2)], lines[1..]);

        // Half, with one line twice; all of it, half of which is known; a little more than is known; the same but for some lines; a few corrected.
        var imports = new List<Import>
        {
            await ImportAsync([.. half, half[0]], Mode.Complete), await ImportAsync(lines, Mode.Complete), await ImportAsync([.. lines, lines[^1]], Mode.Complete),
            await ImportAsync(Otherwise(most), Mode.Replace), await ImportAsync(lines[1..4], Mode.Correct),
        };

        Assert.Equal((half.Length, lines.Length - half.Length, 0), ((int)imports[0].AddedLines, (int)imports[1].AddedLines, (int)imports[2].AddedLines));
        Assert.True(imports[3].ChangedLines > 0 && imports[3].EndedLines > 0 && imports[4].ChangedLines > 0);
        var rebuilt = await RebuildAsync(sides.Delegation, kind);
        Assert.Equal(0, rebuilt.Differences);
        Assert.True(rebuilt.Cells > FewCells.Most);

        Task<Import> ImportAsync(string[] told, Mode mode) => host.Scene.ImportAsync(
            sides, kind, Encoding.UTF8.GetBytes(string.Join('\n', [Header(kind), .. told])), Portfolio.Plan.FirstDay, Portfolio.Plan.LastDay, mode);
    }

    // Every third line tells another number or amount in its last cell but one.
    private static string[] Otherwise(string[] lines) => [.. lines.Select((line, place) => place % 3 == 0 ? string.Join(';', [.. line.Split(';')[..^2], "7", line.Split(';')[^1]]) : line)];

    private async Task<RebuiltRollup> RebuildAsync(Guid delegation, Kind kind)
    {
        using var call = new TechnicalReports.TechnicalReportsClient(host.Scene.As(host.Scene.System)).RebuildRollups(new RebuildRollupsRequest(), deadline: DateTime.UtcNow.AddSeconds(20));
        return await call.ResponseStream.ReadAllAsync().SingleAsync(one => one.DelegationId == delegation.ToString() && one.Kind.Equals($"{kind}", StringComparison.OrdinalIgnoreCase));
    }

    private static string Header(Kind kind) => File(kind)[0];

    private static string[] Lines(Kind kind) => File(kind)[1..];

    private static string[] File(Kind kind)
    {
        using var to = new MemoryStream();
        if (kind == Kind.Benefits)
            Portfolio.WriteBenefits(to);
        else if (kind == Kind.Premiums)
            Portfolio.WritePremiums(to);
        else
            Portfolio.WriteMembership(to);
        return Encoding.UTF8.GetString(to.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>The service with so few cells in memory that most go to the database in parts.</summary>
    public sealed class FewCells : ReportingHost
    {
        internal const int Most = 40;

        public FewCells() => Settings["Imports:CellsInMemory"] = $"{Most}";
    }
}
