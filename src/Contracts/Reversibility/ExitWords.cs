using System.Globalization;
using Delegation.Contracts.V1;
using Delegation.ServiceDefaults.Errors;

namespace Delegation.Contracts.Reversibility;

/// <summary>What people call lots and flows, and how they write days.</summary>
internal static class ExitWords
{
    public static LocalizedText Of(ExitDataKind kind) => kind switch
    {
        ExitDataKind.ContractsAndGuarantees => new("contracts and guarantee grids", "contrats et grilles de garanties"),
        ExitDataKind.MembersAndRights => new("members and their rights", "adhérents, bénéficiaires et droits"),
        ExitDataKind.CompulsorySchemeLinks => new("links with compulsory schemes", "rattachements AMO"),
        ExitDataKind.BankDetailsAndMandates => new("bank details and mandates", "coordonnées bancaires et mandats"),
        ExitDataKind.Premiums => new("premiums", "cotisations"),
        ExitDataKind.BenefitHistory => new("history of benefits", "historique des prestations"),
        ExitDataKind.Counters => new("ceilings and allowances used up", "compteurs, plafonds et forfaits consommés"),
        ExitDataKind.CoversAndQuotes => new("covers and quotes in progress", "prises en charge et devis en cours"),
        ExitDataKind.UnduePayments => new("undue payments", "indus"),
        ExitDataKind.ThirdPartyRecoveries => new("recoveries from third parties", "recours contre tiers"),
        ExitDataKind.Complaints => new("complaints", "réclamations"),
        ExitDataKind.Documents => new("scanned and issued documents", "documents (GED)"),
        ExitDataKind.Litigation => new("litigation", "contentieux"),
        ExitDataKind.Consents => new("consents", "consentements"),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No lot is of this kind."),
    };

    public static LocalizedText Of(ExitFlowKind kind) => kind switch
    {
        ExitFlowKind.Noemie => new("statements of compulsory schemes (NOEMIE)", "décomptes NOEMIE"),
        ExitFlowKind.ThirdPartyPayment => new("third-party payment", "tiers payant"),
        ExitFlowKind.Paper => new("paper", "courrier papier"),
        ExitFlowKind.Extranet => new("extranet", "extranet"),
        ExitFlowKind.HospitalCover => new("requests for hospital cover", "prises en charge hospitalières"),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such flow."),
    };

    /// <summary>Several of them, one after the other.</summary>
    public static LocalizedText All(IEnumerable<LocalizedText> several) =>
        new(string.Join(", ", several.Select(one => one.English)), string.Join(", ", several.Select(one => one.French)));

    /// <summary>A day of an exit as it is written in French; the ISO form is for the other texts.</summary>
    public static string French(string day) => Triggering.DayOf(day).ToString("dd/MM/yyyy", CultureInfo.InvariantCulture);
}
