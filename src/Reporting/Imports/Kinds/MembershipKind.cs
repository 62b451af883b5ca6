namespace Delegation.Reporting.Imports.Kinds;

/// <summary>Who is covered (effectifs), by groups of a month: groups have no reference, their codes are it.</summary>
internal static class MembershipKind
{
    private static readonly ImportField Month = Fields.Month("month", "mois");

    public static readonly ImportKind Kind = new(
        V1.Import.Types.Kind.Membership,
        "membership_line",
        [
            Month, Fields.Contract, Fields.Product, Fields.Individual, Fields.College, Fields.Beneficiary, Fields.Age, Fields.Sex, Fields.Region,
            Fields.Count("insured", true, "insured", "effectif"), Fields.Count("exposure_days", false, "exposure days", "jours exposition") with { IsLarge = true },
            Fields.Count("entries", false, "entries", "entrees"), Fields.Count("exits", false, "exits", "sorties"),
        ],
        Check)
    {
        Key = [Month, Fields.Contract, Fields.Product, Fields.Individual, Fields.College, Fields.Beneficiary, Fields.Age, Fields.Sex, Fields.Region],
        PeriodField = Month,
    };

    private const int MonthPlace = 0;
    private const int InsuredPlace = 9;
    private const int ExposurePlace = 10;

    // Where days of cover are not told, those who are covered at the end of the month were so all along.
    private static void Check(ReadLine line, Period period)
    {
        if (line.IsGiven(ExposurePlace) || line.Number(MonthPlace) is not { } first || line.Number(InsuredPlace) is not { } insured)
            return;

        var month = DateOnly.FromDayNumber((int)first);
        line.Set(ExposurePlace, insured * DateTime.DaysInMonth(month.Year, month.Month));
    }
}
