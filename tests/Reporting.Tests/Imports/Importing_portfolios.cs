using System.Globalization;
using System.Text;
using Delegation.Portfolios;
using Delegation.Reporting.V1;
using Delegation.TestKit;
using Delegation.TestKit.Errors;
using Grpc.Core;
using Kind = Delegation.Reporting.V1.Import.Types.Kind;

namespace Delegation.Reporting.Tests.Imports;

/// <summary>Files of a whole portfolio, of every kind, right and with defects that were planted.</summary>
public sealed class Importing_portfolios(ReportingHost host) : IClassFixture<ReportingHost>, IDisposable
{
    private static readonly Portfolio Portfolio = new(new PortfolioPlan { People = 400, Contracts = 8, Months = 3 });

    public void Dispose() => host.Logs.AssertNoErrors();

    [PostgresTheory]
    [InlineData(Kind.Operations)]
    [InlineData(Kind.Premiums)]
    [InlineData(Kind.Benefits)]
    [InlineData(Kind.Membership)]
    [InlineData(Kind.NoemieLinks)]
    [InlineData(Kind.NoemieRejections)]
    [InlineData(Kind.AccountingDays)]
    [InlineData(Kind.QualitySamples)]
    public async Task Every_line_of_a_right_file_is_accepted_and_its_totals_are_those_of_the_file(Kind kind)
    {
        var sides = await host.Scene.SidesAsync();
        var file = File(kind);

        var import = await ImportAsync(sides, kind, file);

        Assert.Empty(import.Rejections);
        Assert.Empty(import.Warnings);
        Assert.Equal(Lines(file).Count - 1, import.AcceptedLines);
        Assert.Equal(import.AcceptedLines, import.AddedLines);
        Assert.All(import.Totals, total => Assert.Equal((SumOf(file, total.Field), total.Read, 0), (total.Accepted, total.Accepted, total.Rejected)));
        Assert.Equal(kind is Kind.Premiums or Kind.Benefits or Kind.AccountingDays or Kind.QualitySamples, import.Totals.Count > 0);

        // The same lines in a file with another name of bytes change nothing.
        var again = await ImportAsync(sides, kind, [.. file, (byte)'\n']);
        Assert.Equal((0, 0, import.AcceptedLines), (again.AddedLines, again.ChangedLines, again.UnchangedLines));
        Assert.True(again.Number > import.Number);
    }

    [PostgresFact]
    public async Task Planted_defects_are_all_found_and_no_other()
    {
        var sides = await host.Scene.SidesAsync();
        Defect[] rejected = [Defect.ReferenceTwice, Defect.CareAfterPayment, Defect.AmountMalformed, Defect.CategoryUnknown, Defect.ReferenceTwice];
        Defect[] warned = [Defect.OutOfPocketNegative, Defect.ClassARemainder, Defect.OutOfPocketNegative];
        using var to = new MemoryStream();
        var planted = Portfolio.WriteBenefits(to, null, [.. rejected, .. warned]);

        var import = await ImportAsync(sides, Kind.Benefits, to.ToArray());

        var rejects = (await host.Scene.Imports(sides.Importer).RejectsAsync(import)).Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split(';')).ToList();
        Assert.Equal(
            planted.Where(one => rejected.Contains(one.Defect)).Select(one => (one.Line + (one.Defect == Defect.ReferenceTwice ? 1 : 0), Reason(one.Defect))).Order(),
            rejects.Select(cells => (long.Parse(cells[0], CultureInfo.InvariantCulture), cells[2])).Order());
        Assert.All(rejects, cells => Assert.Contains(planted, one => one.Reference == cells[5]));
        Assert.Equal([("OUT_OF_POCKET_NEGATIVE", 2L), ("CLASS_A_REMAINDER", 1L)], import.Warnings.Select(one => (one.Reason, one.Lines)));
        Assert.Equal(planted.Where(one => warned.Contains(one.Defect)).Select(one => one.Line).Order(), import.Warnings.SelectMany(one => one.FirstLines).Order());

        // read = accepted + rejected, in counts and in euros, as far as they can be read.
        Assert.Equal(import.ReadLines, import.AcceptedLines + import.RejectedLines);
        Assert.All(import.Totals, total => Assert.Equal((SumOf(to.ToArray(), total.Field), total.Read), (total.Read, total.Accepted + total.Rejected)));
        Assert.All(import.Totals.Where(total => total.Field == "expenses"), total => Assert.True(total.Rejected > 0));
    }

    [PostgresFact]
    public async Task Premiums_that_are_there_twice_or_not_at_all_are_told()
    {
        var sides = await host.Scene.SidesAsync();
        using var to = new MemoryStream();
        var planted = Portfolio.WritePremiums(to, Defect.PremiumTwice, Defect.PeriodGap, Defect.PremiumTwice);

        var import = await ImportAsync(sides, Kind.Premiums, to.ToArray());

        Assert.Empty(import.Rejections);
        Assert.Equal([("PREMIUM_TWICE", 2L), ("MONTH_WITHOUT_PREMIUM", 1L)], import.Warnings.Select(one => (one.Reason, one.Lines)));
        Assert.Equal(planted.Where(one => one.Defect == Defect.PremiumTwice).Select(one => one.Line + 1), import.Warnings[0].FirstLines);
    }

    [PostgresFact]
    public async Task A_column_of_numbers_of_the_social_security_is_refused()
    {
        var sides = await host.Scene.SidesAsync();
        using var to = new MemoryStream();
        Portfolio.WriteBenefits(to, null, Defect.NirColumn);

        var refusal = await Assert.ThrowsAsync<RpcException>(() => ImportAsync(sides, Kind.Benefits, to.ToArray()));

        Assert.Equal([("file", "COLUMN_PERSONAL")], refusal.Violations());
    }

    [PostgresFact]
    public async Task A_file_whose_columns_differ_from_those_of_the_last_one_says_which()
    {
        var sides = await host.Scene.SidesAsync();
        await ImportAsync(sides, Kind.QualitySamples, "reference;check_day;operation_kind;erroneous;agence\nA;2025-01-02;devis;non;Lyon\n"u8.ToArray());

        var import = await ImportAsync(sides, Kind.QualitySamples, "reference;check_day;operation_kind;erroneous;site;amount\nB;2025-01-02;devis;non;Lyon;1,5\n"u8.ToArray());

        Assert.Equal(["site", "amount", "-", "agence", "-", "site"], [.. import.NewColumns, "-", .. import.MissingColumns, "-", .. import.UnknownColumns]);
        Assert.Equal(150, Assert.Single(import.Totals, total => total.Field == "amount").Accepted);
    }

    private static string Reason(Defect defect) => defect switch
    {
        Defect.ReferenceTwice => "REFERENCE_TWICE",
        Defect.CareAfterPayment => "CARE_DAY_AFTER_PAYMENT",
        Defect.AmountMalformed => "EXPENSES_MALFORMED",
        Defect.CategoryUnknown => "CATEGORY_UNKNOWN",
        _ => "",
    };

    private static byte[] File(Kind kind)
    {
        using var to = new MemoryStream();
        switch (kind)
        {
            case Kind.Operations: Portfolio.WriteOperations(to); break;
            case Kind.Premiums: Portfolio.WritePremiums(to); break;
            case Kind.Benefits: Portfolio.WriteBenefits(to); break;
            case Kind.Membership: Portfolio.WriteMembership(to); break;
            case Kind.NoemieLinks: Portfolio.WriteNoemieLinks(to); break;
            case Kind.NoemieRejections: Portfolio.WriteNoemieRejections(to); break;
            case Kind.AccountingDays: Portfolio.WriteAccountingDays(to); break;
            default: Portfolio.WriteQualitySamples(to); break;
        }

        return to.ToArray();
    }

    private Task<Import> ImportAsync(Sides sides, Kind kind, byte[] file) => host.Scene.ImportAsync(sides, kind, file, Portfolio.Plan.FirstDay, Portfolio.Plan.LastDay);

    // Added up apart from the platform, of all cells that are numbers.
    private static long SumOf(byte[] file, string field)
    {
        var lines = Lines(file);
        var header = lines[0].Split(';');
        var column = Array.IndexOf(header, field == "amount" && !header.Contains("amount") ? "montantRC" : field);
        return lines.Skip(1).Sum(line => decimal.TryParse(line.Split(';')[column], NumberStyles.Number, CultureInfo.InvariantCulture, out var euros) ? (long)(euros * 100) : 0);
    }

    private static List<string> Lines(byte[] file) => [.. Encoding.UTF8.GetString(file).Split('\n', StringSplitOptions.RemoveEmptyEntries)];
}
