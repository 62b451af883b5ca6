using System.Globalization;
using Delegation.Contracts.Delegations;
using Delegation.Contracts.Negotiation;
using Delegation.Contracts.Scope;
using Delegation.Contracts.V1;
using Delegation.Documents;
using Sort = Delegation.Contracts.V1.ContractClause.Types.Sort;

namespace Delegation.Contracts.Contracting;

/// <summary>A contract or an amendment as the document that both sides read and sign. It says everything that is agreed, and nothing else.</summary>
internal static class ContractPages
{
    /// <param name="contract">As it is issued.</param>
    /// <param name="matters">With what.</param>
    /// <param name="delegation">Between whom.</param>
    /// <param name="trade">The names of activities.</param>
    public static Document Of(ContractRow contract, Matters matters, SharedDelegation delegation, TradeList trade)
    {
        var name = matters.Amended is { } amended
            ? $"Avenant n° {Number(contract.Number)} au contrat n° {Number(amended.Number)}"
            : $"Contrat n° {Number(contract.Number)}";
        return new Document
        {
            Id = contract.DocumentId!.Value,
            Time = contract.IssueTime!.Value,
            Title = $"{contract.Title} – {name}",
            Footer = $"{delegation.Insurer.LegalName} – {delegation.Delegate.LegalName} · {contract.Id}",
            Blocks =
            [
                new Block.Headline(contract.Title),
                new Block.Paragraph($"{name}, délégation « {delegation.Title} » ({delegation.Id})."),
                new Block.Heading(1, "Entre"),
                new Block.Bullets(
                [
                    $"{delegation.Insurer.LegalName}, SIREN {delegation.Insurer.Siren}, ci-après « l'Assureur » ;",
                    $"{delegation.Delegate.LegalName}, SIREN {delegation.Delegate.Siren}, ci-après « le Délégataire ».",
                ]),
                new Block.Heading(1, "Conditions particulières"),
                new Block.Table([new("Condition", 2), new("Convenu", 5)], [.. Terms(contract)]),
                new Block.Note("En cas d'écart, les conditions particulières prévalent sur les articles."),
                .. Articles(contract, matters, delegation),
                new Block.PageBreak(),
                .. Scope(matters.Scope!, trade),
                .. Annexes(matters.Annexes),
                .. Signing(contract.Signed().Order),
            ],
        };
    }

    private static IEnumerable<IReadOnlyList<string>> Terms(ContractRow contract)
    {
        yield return ["Prise d'effet", Day(contract.EffectiveDay)];
        if (contract.ReadDuration() is not { } duration)
            yield break;

        yield return ["Durée", duration.TermMonths == 0 ? "indéterminée" : $"{Number(duration.TermMonths)} mois à compter de la prise d'effet du contrat"];
        if (duration.TermMonths > 0)
            yield return ["Reconduction tacite", duration.RenewalMonths == 0 ? "aucune" : $"par périodes de {Number(duration.RenewalMonths)} mois, sauf dénonciation dans le respect du préavis"];
        yield return ["Préavis de l'Assureur", $"{Number(duration.NoticeMonthsInsurer)} mois"];
        yield return ["Préavis du Délégataire", $"{Number(duration.NoticeMonthsDelegate)} mois ; pour motif : {Number(duration.NoticeMonthsCause)} mois"];
        yield return ["Transition", $"{Number(duration.TransitionMonths)} mois au moins à compter de la notification de la fin du contrat"];
        yield return ["Gestion extinctive", duration.RunOffMonths == 0 ? "aucune" : $"{Number(duration.RunOffMonths)} mois après la transition, en application de la clause de survie"];
    }

    private static IEnumerable<Block> Articles(ContractRow contract, Matters matters, SharedDelegation delegation)
    {
        foreach (var (index, clause) in matters.Clauses.Index())
        {
            var effect = !contract.IsAmendment ? ""
                : clause.Sort == Sort.Repeal.Stored() ? " (article supprimé)"
                : matters.AmendedCodes.Contains(clause.Code) ? " (article remplacé)"
                : " (article ajouté)";
            yield return new Block.Heading(1, $"Article {Number(index + 1)} – {clause.Title} [{clause.Code}]{effect}");
            yield return new Block.Paragraph(ClauseParameters.Fill(clause, contract, delegation));
        }
    }

    private static IEnumerable<Block> Scope(ScopeVersionRow scope, TradeList trade) =>
    [
        new Block.Heading(1, $"Périmètre et répartition des rôles (version {Number(scope.Number)})"),
        new Block.Note($"Version {scope.Id}, validée par les deux parties, avec effet au {Day(scope.EffectiveDay)}. R : réalise ; A : répond ; C : consulté ; I : informé."),
        new Block.Table(
            [new("Activité", 4), new("Produits", 2), new("Populations", 2), new("Qui fait quoi", 4)],
            [.. scope.ReadLines().Select(line => (IReadOnlyList<string>)
                [ScopeWords.Activity(line, trade), string.Join(", ", line.ProductCodes), string.Join(", ", line.PopulationCodes), WithNote(line)])]),
    ];

    private static IEnumerable<Block> Annexes(IReadOnlyList<ListedAnnex> annexes) =>
    [
        new Block.Heading(1, "Annexes versées au contrat"),
        new Block.Table(
            [new("Annexe", 4), new("Version", 1.4), new("Fichier", 4), new("Empreinte SHA-256", 5)],
            [.. annexes.Select(annex => (IReadOnlyList<string>)[AnnexTitles.Of(annex), Number(annex.Number), annex.FileName, annex.Sha256])]),
    ];

    private static IEnumerable<Block> Signing(SigningOrder order) =>
    [
        new Block.Heading(1, "Signature"),
        new Block.Paragraph(
            "Chaque partie signe l'empreinte SHA-256 du présent fichier par une signature électronique simple, depuis le compte de son signataire, sans certificat qualifié. "
            + order switch
            {
                SigningOrder.InsurerFirst => "L'Assureur signe en premier.",
                SigningOrder.DelegateFirst => "Le Délégataire signe en premier.",
                _ => "Les parties signent dans l'ordre de leur choix.",
            }
            + " Rien ne prend effet avant la seconde signature. Un certificat mentionne les signataires, les dates et les empreintes."),
    ];

    private static string WithNote(ScopeLine line) => line.Note.Length == 0 ? ScopeWords.Parties(line) : $"{ScopeWords.Parties(line)}\n{line.Note}";

    private static string Day(DateOnly day) => day.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
