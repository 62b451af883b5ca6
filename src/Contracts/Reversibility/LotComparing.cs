using Delegation.Contracts.Commitments;
using Delegation.Contracts.Signature;
using Delegation.Contracts.V1;
using Delegation.ServiceDefaults.Errors;

namespace Delegation.Contracts.Reversibility;

/// <summary>What was counted of a lot on both sides: read, and compared.</summary>
internal static class LotComparing
{
    /// <summary>Totals of a request, the hash in lower case; null with violations.</summary>
    public static LotTotals? Read(string field, LotTotals? totals, ICollection<FieldViolation> violations)
    {
        if (totals is null)
        {
            violations.Add(TermViolations.Required(field, "what was counted", "les totaux de contrôle"));
            return null;
        }

        var before = violations.Count;
        if (totals.Count < 0)
            violations.Add(new(
                $"{field}.count", "COUNT_NEGATIVE", new("A count is below zero.", "Un nombre est négatif."), new("Give 0 or more.", "Indiquez 0 ou plus.")));
        if (totals.AmountCents < 0)
            violations.Add(new(
                $"{field}.amount_cents", "AMOUNT_CENTS_NEGATIVE", new("A sum is below zero.", "Une somme est négative."), new("Give 0 or more.", "Indiquez 0 ou plus.")));
        if (Signatories.MalformedHash("sha256", totals.Sha256) is { } malformed)
            violations.Add(malformed with { Field = $"{field}.sha256" });

        return violations.Count > before ? null : new LotTotals { Count = totals.Count, AmountCents = totals.AmountCents, Sha256 = totals.Sha256.ToLowerInvariant() };
    }

    /// <summary>What differs, named; nothing where all agrees.</summary>
    public static IEnumerable<string> Discrepancies(LotTotals handedOver, LotTotals received)
    {
        if (handedOver.Count != received.Count)
            yield return $"count: {handedOver.Count} handed over, {received.Count} received";
        if (handedOver.AmountCents != received.AmountCents)
            yield return $"amount_cents: {handedOver.AmountCents} handed over, {received.AmountCents} received";
        if (handedOver.Sha256 != received.Sha256)
            yield return $"sha256: {handedOver.Sha256} handed over, {received.Sha256} received";
    }
}
