using System.Globalization;
using Delegation.Contracts.V1;
using Delegation.Documents;
using Google.Protobuf.WellKnownTypes;

namespace Delegation.Contracts.Reversibility;

/// <summary>The two sides, as a certificate names them.</summary>
internal sealed record Parties(Guid DelegationId, string Title, DelegationParty Insurer, DelegationParty Delegate);

/// <summary>Who did what an exit ends with, by the names under which their organisations know them.</summary>
internal sealed record Signers(string Accepted, string Attested, string Ordered);

/// <summary>The certificate of destruction as a document: what, where, how, when, by whose order, and what is kept by law.</summary>
internal static class DestructionCertificate
{
    public static Document Of(Guid exitId, Exit exit, Parties parties, Signers signers)
    {
        var record = exit.Record;
        var attestation = ExitTasks.Attestation(exit);
        return new Document
        {
            Id = exitId,
            Time = record.DestructionTime.ToDateTime(),
            Title = $"Certificat de destruction – {parties.Title}",
            Footer = $"{parties.Insurer.LegalName} – {parties.Delegate.LegalName} · {exitId}",
            Blocks =
            [
                new Block.Headline("Certificat de destruction"),
                new Block.Heading(1, "Délégation"),
                new Block.Table(
                    [new("", 2), new("", 5)],
                    [
                        ["Délégation", $"{parties.Title} ({parties.DelegationId})"],
                        ["Assureur", $"{parties.Insurer.LegalName} (SIREN {parties.Insurer.Siren})"],
                        ["Délégataire sortant", $"{parties.Delegate.LegalName} (SIREN {parties.Delegate.Siren})"],
                        ["Date de bascule", ExitWords.French(exit.CutoverDay)],
                        ["Fin de la gestion extinctive", ExitWords.French(exit.RunOffEndDay)],
                        ["Archive réceptionnée", $"manifeste SHA-256 {record.ManifestSha256}"],
                        ["Détruit le", Instant(record.DestructionTime)],
                        ["Méthode", exit.Terms.DestructionMethod],
                    ]),
                new Block.Heading(1, "Périmètre et supports"),
                new Block.Paragraph(
                    "Dans les bases de tous les services de la plateforme : les lignes, fichiers et réponses conservées propres au délégataire sont effacés, le contenu de ses entrées "
                    + "privées du journal est effacé (la chaîne de preuves reste vérifiable), et tout accès du délégataire à la délégation a pris fin. L'assureur conserve son historique."),
                new Block.Table([new("Service", 2), new("Table", 3), new("Lignes effacées", 2)], [.. Erased(record)]),
                new Block.Heading(1, "Conservations légales"),
                exit.Terms.Retention.Count == 0
                    ? new Block.Paragraph("Aucune.")
                    : new Block.Table(
                        [new("Objet", 3), new("Fondement", 4), new("Jusqu'au", 2)],
                        [.. exit.Terms.Retention.Select(kept => (IReadOnlyList<string>)[kept.What, kept.LegalGround, ExitWords.French(kept.LastDay)])]),
                new Block.Heading(1, "Signataires"),
                new Block.Table(
                    [new("Acte", 4), new("Partie", 2), new("Personne", 6), new("Date", 4)],
                    [
                        ["Réception de l'archive", "Assureur", Person(signers.Accepted, record.AcceptPersonId), Instant(record.AcceptTime)],
                        ["Attestation de destruction hors plateforme", "Délégataire", Person(signers.Attested, attestation.PersonId), Instant(attestation.DoneTime)],
                        ["Ordre de destruction", "Assureur", Person(signers.Ordered, record.DestructionPersonId), Instant(record.DestructionOrderTime)],
                    ]),
            ],
        };
    }

    private static IEnumerable<IReadOnlyList<string>> Erased(ExitRecord record) =>
        from service in record.Erasures
        from table in service.Tables.DefaultIfEmpty(new TableErasure { Table = "(aucune ligne propre au délégataire)" })
        select (IReadOnlyList<string>)[service.Service, table.Table, table.Rows.ToString(CultureInfo.InvariantCulture)];

    private static string Person(string name, string id) => name.Length == 0 ? id : $"{name}\n{id}";

    private static string Instant(Timestamp time) => time.ToDateTime().ToString("dd/MM/yyyy HH:mm:ss' UTC'", CultureInfo.InvariantCulture);
}
