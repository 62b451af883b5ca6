using System.Globalization;
using Delegation.Access.V1;
using Delegation.Contracts.Delegations;
using Delegation.Contracts.Negotiation;
using Delegation.Contracts.V1;
using Delegation.Documents;

namespace Delegation.Contracts.Contracting;

/// <summary>The certificate of the signatures of a contract as a document: signers, times, hashes, and how strong the signatures are.</summary>
internal static class CertificatePages
{
    /// <param name="contract">A contract that both sides signed.</param>
    /// <param name="delegation">Between whom.</param>
    public static Document Of(ContractRow contract, SharedDelegation delegation) => new()
    {
        Id = contract.Id,
        Time = contract.InForceTime!.Value,
        Title = $"Certificat de signature – {contract.Title}",
        Footer = $"{delegation.Insurer.LegalName} – {delegation.Delegate.LegalName} · {contract.Id}",
        Blocks =
        [
            new Block.Headline("Certificat de signature"),
            new Block.Heading(1, "Document signé"),
            new Block.Table(
                [new("", 2), new("", 5)],
                [
                    ["Intitulé", contract.Title],
                    ["Nature", contract.IsAmendment ? "Avenant" : "Contrat"],
                    ["Identifiant", contract.Id.ToString()],
                    ["Délégation", $"{delegation.Title} ({delegation.Id})"],
                    ["Fichier", string.Create(CultureInfo.InvariantCulture, $"PDF, {contract.DocumentPages} pages, {contract.DocumentBytes} octets")],
                    ["Empreinte SHA-256", contract.DocumentSha256],
                    ["Émis le", Instant(contract.IssueTime!.Value)],
                    ["Signé par les deux parties le", Instant(contract.InForceTime!.Value)],
                ]),
            new Block.Heading(1, "Signatures"),
            new Block.Table(
                [new("Partie", 2), new("Organisation", 3), new("Signataire", 4), new("Date", 3), new("Empreinte signée", 5)],
                [.. contract.Signed().Signatures.Select(Row)]),
            new Block.Heading(1, "Annexes versées au contrat"),
            new Block.Table(
                [new("Annexe", 4), new("Version", 1), new("Empreinte SHA-256", 5)],
                [.. contract.ReadAnnexes().Select(annex => (IReadOnlyList<string>)
                    [AnnexTitles.Of(annex), annex.Number.ToString(CultureInfo.InvariantCulture), annex.Sha256])]),
            new Block.Heading(1, "Portée"),
            new Block.Paragraph(
                "Signatures électroniques simples au sens du règlement (UE) n° 910/2014 (eIDAS) : chacune est celle du compte authentifié du signataire, sans certificat qualifié. "
                + "Chacun peut vérifier que le fichier en sa possession est celui qui a été signé en calculant son empreinte SHA-256."),
        ],
    };

    private static IReadOnlyList<string> Row(SideSignature signature) =>
    [
        signature.Side == Side.Insurer ? "Assureur" : "Délégataire",
        signature.OrganizationName,
        signature.PersonName.Length == 0 ? signature.PersonId : $"{signature.PersonName}\n{signature.PersonId}",
        Instant(signature.SignTime.ToDateTime()),
        signature.TextSha256,
    ];

    private static string Instant(DateTime time) => time.ToString("dd/MM/yyyy HH:mm:ss' UTC'", CultureInfo.InvariantCulture);
}
