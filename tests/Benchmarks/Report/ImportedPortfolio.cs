using System.Diagnostics;
using Delegation.Portfolios;
using Kind = Delegation.Reporting.V1.Import.Types.Kind;

namespace Delegation.Benchmarks.Report;

/// <summary>What lines add up to, and how long it took to say so.</summary>
/// <param name="Milliseconds">How long.</param>
/// <param name="Groups">Into how many groups.</param>
/// <param name="Benefit">Cents, of all groups.</param>
internal sealed record GroupedSums(double Milliseconds, long Groups, long Benefit);

/// <summary>A portfolio imported whole into a platform of its own: premiums, membership and benefits.</summary>
internal sealed class ImportedPortfolio : IAsyncDisposable
{
    public required ReportingPlatform Platform { get; init; }

    public required PortfolioPlan Plan { get; init; }

    public required Guid Delegation { get; init; }

    public required string BenefitFile { get; init; }

    /// <summary>Lines of benefits.</summary>
    public long Lines { get; private set; }

    public static async Task<ImportedPortfolio> StartAsync(PortfolioPlan plan, string folder, CancellationToken cancellation)
    {
        var platform = await ReportingPlatform.StartAsync(cancellation);
        var imported = new ImportedPortfolio { Platform = platform, Plan = plan, Delegation = await platform.DelegationAsync(), BenefitFile = Path.Combine(folder, $"{plan.People}-benefits.csv") };
        try
        {
            var portfolio = new Portfolio(plan);
            await imported.ImportAsync(Kind.Premiums, Path.Combine(folder, $"{plan.People}-premiums.csv"), to => portfolio.WritePremiums(to), cancellation);
            await imported.ImportAsync(Kind.Membership, Path.Combine(folder, $"{plan.People}-membership.csv"), portfolio.WriteMembership, cancellation);
            imported.Lines = await imported.ImportAsync(Kind.Benefits, imported.BenefitFile, to => portfolio.WriteBenefits(to), cancellation);
            // As the server itself does some time after an import.
            await platform.Service.ExecuteAsync("VACUUM ANALYZE");
            return imported;
        }
        catch
        {
            await platform.DisposeAsync();
            throw;
        }
    }

    /// <summary>Adds its lines up as a report without cells would: all amounts of all three kinds, though only the benefits are said.</summary>
    /// <param name="benefitKeys">By what benefits are cut, in SQL.</param>
    /// <param name="premiumKey">By what premiums are.</param>
    /// <param name="memberKey">By what those are who are covered.</param>
    public async Task<GroupedSums> GroupAsync(string[] benefitKeys, string premiumKey, string memberKey)
    {
        const string Counting = "delegation_id = @Delegation AND end_number = 2147483647";
        var clock = Stopwatch.StartNew();
        var (groups, benefit, _, _, _) = await Platform.Service.QueryAsync<(long, long, decimal, decimal, decimal)>(
            $"""
            SELECT count(*), sum(benefit)::bigint, sum(acts + expenses + base + compulsory + other + pocket),
                   (SELECT sum(called + collected + earned + tax)
                    FROM (SELECT {premiumKey}, sum(called) AS called, sum(collected) AS collected, sum(earned) AS earned, sum(tax) AS tax
                          FROM premium_line WHERE {Counting} AND entry_day BETWEEN @FirstDay AND @LastDay GROUP BY 1) premiums),
                   (SELECT sum(days + insured + entries + exits)
                    FROM (SELECT {memberKey}, sum(exposure_days) AS days, sum(insured) AS insured, sum(entries) AS entries, sum(exits) AS exits
                          FROM membership_line WHERE {Counting} AND month BETWEEN @FirstDay AND @LastDay GROUP BY 1) members)
            FROM (SELECT {string.Join(", ", benefitKeys)}, sum(acts) AS acts, sum(expenses) AS expenses, sum(compulsory_base) AS base, sum(compulsory_paid) AS compulsory,
                         sum(benefit) AS benefit, sum(other_paid) AS other, sum(out_of_pocket) AS pocket
                  FROM benefit_line
                  WHERE {Counting} AND payment_day BETWEEN @FirstDay AND @LastDay
                  GROUP BY {string.Join(", ", Enumerable.Range(1, benefitKeys.Length))}) told
            """,
            new { Delegation, Plan.FirstDay, Plan.LastDay });
        return new GroupedSums(clock.Elapsed.TotalMilliseconds, groups, benefit);
    }

    public ValueTask DisposeAsync() => Platform.DisposeAsync();

    private async Task<long> ImportAsync(Kind kind, string path, Action<Stream> write, CancellationToken cancellation)
    {
        await using (var file = File.Create(path))
            write(file);
        var import = await Platform.ImportAsync(Delegation, kind, Plan, path, cancellation);
        return import.RejectedLines == 0 ? import.AcceptedLines : throw new NotMeasurableException($"{kind}: {string.Join(", ", import.Rejections)}");
    }
}
