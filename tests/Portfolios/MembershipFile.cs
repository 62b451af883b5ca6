namespace Delegation.Portfolios;

/// <summary>Who is covered: heads at the end of each month, and days of cover in it.</summary>
internal sealed class MembershipFile(Portfolio portfolio) : PortfolioFile
{
    protected override string Header => "month;contract_reference;product;individual;college;beneficiary_kind;age_band;sex;region;insured;exposure_days;entries;exits";

    protected override void WriteLines()
    {
        for (var month = 0; month < portfolio.Plan.Months; month++)
            foreach (var contract in portfolio.Contracts)
                foreach (var group in contract.Groups.GroupBy(group => (group.College, group.Kind, group.Age, group.Sex, group.Region)))
                    Write(contract, group.Key, month, [.. group.Select(one => one.Months[month])]);
    }

    private void Write(Contract contract, (string College, string Kind, string Age, string Sex, string Region) of, int month, CoveredMonth[] covered)
    {
        var first = portfolio.Plan.FirstDay.AddMonths(month);
        var (heads, entries, exits) = (covered.Sum(one => one.Heads), covered.Sum(one => one.Entries), covered.Sum(one => one.Exits));
        // Who comes or goes does so in the middle of the month.
        var days = DateTime.DaysInMonth(first.Year, first.Month);
        var exposure = ((heads - entries) * (long)days) + ((entries + exits) * (long)(days / 2));
        Add(first).Add(contract.Reference).Add(contract.Product).Add(contract.IsIndividual ? "I" : "C").Add(of.College).Add(of.Kind).Add(of.Age).Add(of.Sex).Add(of.Region)
            .Add(heads).Add(exposure).Add(entries).Add(exits);
        EndLine();
    }
}
