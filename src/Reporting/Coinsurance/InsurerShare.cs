namespace Delegation.Reporting.Coinsurance;

/// <summary>What an insurer holds of a delegation.</summary>
/// <param name="Siren">Of it.</param>
/// <param name="LegalName">Of it.</param>
/// <param name="SharePpm">Its share (quote-part), in millionths.</param>
/// <param name="Leads">Whether it is the insurer of the delegation (apériteur).</param>
internal sealed record InsurerShare(string Siren, string LegalName, int SharePpm, bool Leads)
{
    public const int Whole = 1_000_000;

    /// <summary>
    /// What falls to each of several insurers of an amount in cents: to a co-insurer its share rounded once, half away from zero, and to the one that leads
    /// what is left, so that they come to the whole amount.
    /// </summary>
    public static IReadOnlyList<long> Split(long amount, IReadOnlyList<InsurerShare> insurers)
    {
        var parts = insurers.Select(insurer => insurer.Leads ? 0 : (long)Math.Round((decimal)amount * insurer.SharePpm / Whole, MidpointRounding.AwayFromZero)).ToArray();
        var rest = amount - parts.Sum();
        return [.. insurers.Zip(parts, (insurer, part) => insurer.Leads ? rest : part)];
    }
}
