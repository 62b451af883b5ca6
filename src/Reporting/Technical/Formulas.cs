namespace Delegation.Reporting.Technical;

/// <summary>
/// The formulas of technical figures, each once. Money is in cents; a quotient by zero has no value. Sources: arrêté du 6 mai 2020 (art. L. 871-1 du code
/// de la sécurité sociale) for the ratios that insurers publish; art. R. 343-7, 4° du code des assurances for the provision; and the usual definitions of
/// the trade where law has none.
/// </summary>
internal static class Formulas
{
    /// <summary>P/C comptable: benefits paid in a period, by what premiums without tax were earned in it.</summary>
    public static decimal? AccountingLossRatio(long benefits, long earned) => Quotient(benefits, earned);

    /// <summary>P/C survenance hors provisions: benefits for care of a period, paid up to the valuation day, by the premiums earned for it.</summary>
    public static decimal? OccurrencePaidRatio(long benefits, long earned) => Quotient(benefits, earned);

    /// <summary>P/C survenance vu à une date: benefits for care of a year paid so far and the provision for what is still to be paid, by the premiums earned for it.</summary>
    public static decimal? OccurrenceLossRatio(long benefits, long provision, long earned) => Quotient((decimal)benefits + provision, earned);

    /// <summary>Charge de sinistres: benefits paid in a year and what provisions grew by in it.</summary>
    public static long ClaimsCharge(long benefits, long provisionChange) => benefits + provisionChange;

    /// <summary>P/C légal (arrêté du 6 mai 2020): benefits paid and provisioned by premiums without tax.</summary>
    public static decimal? LegalLossRatio(long benefits, long provisionChange, long earned) => Quotient(ClaimsCharge(benefits, provisionChange), earned);

    /// <summary>Frais de gestion par cotisations HT (arrêté du 6 mai 2020): costs of management by premiums without tax.</summary>
    public static decimal? ExpenseRatio(long costs, long earned) => Quotient(costs, earned);

    /// <summary>Ratio combiné: benefits paid and provisioned and costs, by premiums without tax.</summary>
    public static decimal? CombinedRatio(long benefits, long provisionChange, long costs, long earned) => Quotient((decimal)ClaimsCharge(benefits, provisionChange) + costs, earned);

    /// <summary>Résultat technique: premiums without tax, less benefits, what provisions grew by, costs, and taxes and contributions borne.</summary>
    public static long TechnicalResult(long earned, long benefits, long provisionChange, long costs, long contributions) =>
        earned - ClaimsCharge(benefits, provisionChange) - costs - contributions;

    /// <summary>Effectif moyen: days of cover by days of the period.</summary>
    public static decimal? AverageMembers(long exposureDays, int days) => Quotient(exposureDays, days);

    /// <summary>Fréquence: acts by average members, in a year.</summary>
    public static decimal? Frequency(long acts, long exposureDays, int daysOfYear) => Quotient((decimal)acts * daysOfYear, exposureDays);

    /// <summary>Coût moyen: benefits by acts, in cents.</summary>
    public static decimal? AverageCost(long benefits, long acts) => Quotient(benefits, acts);

    /// <summary>Prime pure: benefits by average members, in a year, in cents; frequency by average cost.</summary>
    public static decimal? PurePremium(long benefits, long exposureDays, int daysOfYear) => Quotient((decimal)benefits * daysOfYear, exposureDays);

    /// <summary>Taux de reste à charge: out of pocket by expenses.</summary>
    public static decimal? OutOfPocketRate(long outOfPocket, long expenses) => Quotient(outOfPocket, expenses);

    /// <summary>Taux d'encaissement: premiums collected by premiums called.</summary>
    public static decimal? CollectionRate(long collected, long called) => Quotient(collected, called);

    /// <summary>Solde cotisations − prestations: what is left of premiums before provisions, costs and contributions.</summary>
    public static long Balance(long earned, long benefits) => earned - benefits;

    /// <summary>Taux de noémisation: active links by all links, those included that cannot be.</summary>
    public static decimal? NoemieRate(long active, long inactive, long notEligible) => Quotient(active, active + inactive + notEligible);

    /// <summary>Taux sur noémisables: active links by those that can be.</summary>
    public static decimal? NoemieRateOfEligible(long active, long inactive) => Quotient(active, active + inactive);

    /// <summary>Taux de rejet de rattachement: links rejected by all that were answered.</summary>
    public static decimal? LinkRejectionRate(long rejections, long acknowledged) => Quotient(rejections, rejections + acknowledged);

    /// <summary>Complétude des journées comptables, taux de traitement des rejets: some of all.</summary>
    public static decimal? Share(long some, long all) => Quotient(some, all);

    /// <summary>Ancienneté moyenne, délai moyen de cure: a sum of days by how many.</summary>
    public static decimal? WeightedMean(decimal sum, long count) => Quotient(sum, count);

    private static decimal? Quotient(decimal dividend, decimal divisor) => divisor == 0 ? null : dividend / divisor;
}
