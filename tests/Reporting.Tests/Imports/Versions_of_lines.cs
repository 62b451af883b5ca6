using System.Globalization;
using System.Text;
using Dapper;
using Delegation.TestKit;
using FsCheck;
using FsCheck.Fluent;
using Npgsql;
using Kind = Delegation.Reporting.V1.Import.Types.Kind;
using Mode = Delegation.Reporting.V1.Import.Types.Mode;

namespace Delegation.Reporting.Tests.Imports;

/// <summary>Files that complete, replace and correct, in any sequence, beside a model of a few lines; and what was known after each.</summary>
public sealed class Versions_of_lines(ReportingHost host) : IClassFixture<ReportingHost>, IDisposable
{
    private const int Sequences = 12;

    public void Dispose() => host.Logs.AssertNoErrors();

    [PostgresFact]
    public void Any_sequence_of_files_leaves_what_the_model_says_after_each_of_them() =>
        Prop.ForAll(Files().NonEmptyListOf().Select(files => files.Take(6).ToArray()).ToArbitrary(), files => CheckAsync(files).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(Sequences));

    private async Task<bool> CheckAsync(SentFile[] files)
    {
        var sides = await host.Scene.SidesAsync();
        var model = new Dictionary<string, SentLine>();
        var states = new List<(int Number, string State)>();
        var sent = 0;
        foreach (var file in files)
        {
            var text = $"reference;contrat;mois;individuel;appelé;encaissé;acquis;date comptable;fichier\n{string.Concat(file.Lines.Select(line => $"{line.Csv};{sent}\n"))}";
            sent++;
            var import = await host.Scene.ImportAsync(sides, Kind.Premiums, Encoding.UTF8.GetBytes(text), file.From, file.From.AddMonths(1).AddDays(-1), file.Mode);
            var expected = Apply(model, file);
            Assert.Equal(expected, (import.AcceptedLines, import.RejectedLines, import.AddedLines, import.ChangedLines, import.UnchangedLines, import.EndedLines));
            Assert.All(import.Totals, total => Assert.Equal(total.Read, total.Accepted + total.Rejected));
            states.Add((import.Number, Shown(model.Values)));
        }

        // As of each import, all of them at the end.
        foreach (var (number, state) in states)
            Assert.Equal(state, await KnownAsync(sides, number));
        return true;
    }

    // The model: what counts, by its reference.
    private static (long, long, long, long, long, long) Apply(Dictionary<string, SentLine> model, SentFile file)
    {
        var (added, changed, unchanged, rejected) = (0, 0, 0, 0);
        var before = model.ToDictionary();
        var seen = new HashSet<string>();
        var kept = new HashSet<string>();
        foreach (var line in file.Lines)
        {
            var known = before.GetValueOrDefault(line.Reference);
            if (!file.Covers(line) || !seen.Add(line.Reference)
                || file.Mode switch { Mode.Complete => known is not null && known != line, Mode.Correct => known is null, _ => known is not null && !file.Covers(known) })
            {
                rejected++;
                continue;
            }

            _ = known is null ? added++ : known == line ? unchanged++ : changed++;
            model[line.Reference] = line;
            kept.Add(line.Reference);
        }

        var ended = file.Mode != Mode.Replace ? [] : before.Values.Where(line => file.Covers(line) && !kept.Contains(line.Reference)).ToArray();
        foreach (var line in ended)
            model.Remove(line.Reference);
        return (added + changed + unchanged, rejected, added, changed, unchanged, ended.Length);
    }

    private async Task<string> KnownAsync(Sides sides, int number)
    {
        await using var administrator = new NpgsqlConnection(host.Database.AdminConnectionString);
        var rows = await administrator.QueryAsync<(string Reference, long Earned, DateTime Day)>(
            "SELECT reference, earned, entry_day::timestamp FROM premium_line WHERE delegation_id = @Delegation AND import_number <= @number AND end_number > @number", new { sides.Delegation, number });
        return Shown(rows.Select(row => new SentLine(row.Reference, row.Earned, DateOnly.FromDateTime(row.Day))));
    }

    private static string Shown(IEnumerable<SentLine> lines) => string.Join('\n', lines.OrderBy(line => line.Reference, StringComparer.Ordinal).Select(line => line.Csv));

    private static Gen<SentFile> Files() =>
        from mode in Gen.Elements(Mode.Complete, Mode.Replace, Mode.Correct)
        from month in Gen.Choose(3, 4)
        from lines in Lines().NonEmptyListOf()
        select new SentFile(mode, new DateOnly(2026, month, 1), [.. lines.Take(6)]);

    private static Gen<SentLine> Lines() =>
        from reference in Gen.Choose(1, 5)
        from cents in Gen.Elements(-1250L, 0L, 100_000L)
        from day in Gen.Elements(new DateOnly(2026, 3, 10), new DateOnly(2026, 4, 10), new DateOnly(2026, 4, 30))
        select new SentLine($"R{reference}", cents, day);

    private sealed record SentFile(Mode Mode, DateOnly From, SentLine[] Lines)
    {
        public bool Covers(SentLine line) => line.Day.Month == From.Month;
    }

    private sealed record SentLine(string Reference, long Cents, DateOnly Day)
    {
        public string Csv => string.Create(CultureInfo.InvariantCulture, $"{Reference};C1;2026-03;non;10;10;{Cents / 100m:0.00};{Day:yyyy-MM-dd}");
    }
}
