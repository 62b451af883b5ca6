using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Delegation.Contracts.Delegations;
using Delegation.Contracts.Scope;
using Delegation.Contracts.V1;
using Kind = Delegation.Contracts.V1.DueAnnex.Types.Kind;

namespace Delegation.Contracts.LetterOfEngagement;

/// <summary>
/// The text of a letter: what both sides read, and what they sign. The same letter gives the same text, to the byte, on every machine: no
/// culture, clock or setting has a part in it.
/// </summary>
internal static class LetterText
{
    /// <summary>The letter in words, with line feeds only.</summary>
    public static string Of(LetterRow letter, SharedDelegation delegation, ScopeVersionRow scope, TradeList trade, IReadOnlyList<MinimumTerm> minimumTerms)
    {
        var text = new StringBuilder()
            .Line("LETTRE D'ENGAGEMENT").Line()
            .Line($"Délégation : {delegation.Title} ({delegation.Id})")
            .Line($"Assureur (porteur de risques) : {Party(delegation.Insurer)}")
            .Line($"Délégataire de gestion : {Party(delegation.Delegate)}")
            .Line($"Date d'effet : {Day(letter.EffectiveDay!.Value)}")
            .Line($"Date de fin : {Day(letter.EndDay!.Value)}")
            .Line($"Plafond de rémunération, hors taxes : {Euros(letter.FeeCapCents!.Value)}").Line();

        text.Line($"PÉRIMÈTRE (version {Number(scope.Number)}, {scope.Id})");
        foreach (var line in scope.ReadLines())
            text.Line($"- {Line(line, trade)}");

        text.Line().Line("CLAUSES");
        foreach (var term in letter.ReadTerms())
        {
            var known = minimumTerms.Single(minimum => minimum.Topic == term.Topic);
            text.Line($"{Number((int)term.Topic)}. {known.FrenchTitle} ({known.Source})").Line(term.Text);
        }

        text.Line().Line("ANNEXES RESTANT DUES");
        foreach (var annex in letter.ReadAnnexes())
            text.Line($"- {(annex.Kind == Kind.Other ? annex.Title : FrenchName(annex.Kind))}, au plus tard le {Day(DateOnly.ParseExact(annex.DueDay, "yyyy-MM-dd", CultureInfo.InvariantCulture))}");

        return text.ToString().Normalize();
    }

    /// <summary>The hash of a text as signatories send it: SHA-256 of its UTF-8, in lowercase hexadecimal digits.</summary>
    public static string Sha256(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static string Party(DelegationParty party) => $"{party.LegalName}, SIREN {party.Siren}";

    private static string Line(ScopeLine line, TradeList trade)
    {
        var note = line.Note.Length > 0 ? $" ({line.Note})" : "";
        return $"{ScopeWords.Activity(line, trade)} [produits : {string.Join(", ", line.ProductCodes)} ; populations : {string.Join(", ", line.PopulationCodes)}] : {ScopeWords.Parties(line)}{note}";
    }

    /// <summary>The usual name of an annex of the trade.</summary>
    public static string FrenchName(Kind kind) => kind switch
    {
        Kind.ServiceLevelAgreement => "Conventions de service",
        Kind.CybersecurityPolicy => "Politique de cybersécurité",
        Kind.CsrCharter => "Charte RSE",
        Kind.BusinessContinuityPlan => "Plan de continuité d'activité",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    private static string Day(DateOnly day) => day.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    // 120 000,50 €, with spaces that do not break.
    private static string Euros(long cents)
    {
        var whole = (cents / 100).ToString("#,##0", CultureInfo.InvariantCulture).Replace(',', '\u00A0');
        return $"{whole},{(cents % 100).ToString("00", CultureInfo.InvariantCulture)}\u00A0€";
    }

    // Not AppendLine: its line end is the machine's.
    private static StringBuilder Line(this StringBuilder text, string line = "") => text.Append(line).Append('\n');
}
