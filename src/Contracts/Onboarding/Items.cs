using Delegation.ServiceDefaults.Errors;
using Code = Delegation.Contracts.V1.ChecklistItem.Types.Code;

namespace Delegation.Contracts.Onboarding;

/// <summary>An item of a checklist, whether it is done or not.</summary>
internal sealed record Item(Code Code, LocalizedText Title, LocalizedText WhatToDo, bool Required = true);

/// <summary>Everything that a checklist can ask for.</summary>
internal static class Items
{
    public static readonly Item AcprNumber = new(
        Code.AcprNumber,
        new("ACPR register number", "Matricule ACPR"),
        new("An administrator adds it to the organisation's profile.", "Un administrateur l'ajoute à la fiche de l'organisme."));

    public static readonly Item OriasNumber = new(
        Code.OriasNumber,
        new("ORIAS number", "Numéro ORIAS"),
        new("An administrator adds it to the organisation's profile.", "Un administrateur l'ajoute à la fiche de l'organisme."));

    public static readonly Item Signatory = OfRole(Code.Signatory, new("Signatory", "Signataire"));

    public static readonly Item DelegationManager = OfRole(Code.DelegationManager, new("Delegation manager", "Responsable de la délégation"));

    public static readonly Item DataProtectionOfficer = OfRole(
        Code.DataProtectionOfficer, new("Data protection officer", "Délégué à la protection des données"));

    public static readonly Item Compliance = OfRole(Code.Compliance, new("Compliance", "Conformité"));

    public static readonly Item SecondAdministrator = OfRole(Code.SecondAdministrator, new("Second administrator", "Second administrateur")) with { Required = false };

    public static readonly Item CounterpartAccepted = new(
        Code.CounterpartAccepted,
        new("Counterpart accepted", "Acceptation de l'autre partie"),
        new("Invite the counterpart and hand over the code; somebody there accepts.", "Invitez l'autre partie et remettez-lui le code ; quelqu'un y accepte l'invitation."));

    public static readonly Item Product = OfReferenceData(Code.Product, new("Product", "Produit"));

    public static readonly Item Population = OfReferenceData(Code.Population, new("Population", "Population"));

    public static readonly Item ContractNumber = OfReferenceData(Code.ContractNumber, new("Contract number of the insurer", "Numéro de contrat de l'assureur"));

    public static readonly Item MainContact = OfContacts(Code.MainContact, new("Main contact", "Interlocuteur principal"));

    public static readonly Item DeputyContact = OfContacts(Code.DeputyContact, new("Deputy contact", "Suppléant"));

    public static readonly Item OtherSideContacts = new(
        Code.OtherSideContacts,
        new("Contacts of the other side", "Interlocuteurs de l'autre partie"),
        new("Ask the other side to name its main contact and a deputy.", "Demandez à l'autre partie de désigner son interlocuteur principal et un suppléant."));

    private static Item OfRole(Code code, LocalizedText title) => new(
        code, title, new("An administrator gives a member this role, or invites somebody with it.", "Un administrateur donne ce rôle à un membre, ou invite quelqu'un avec ce rôle."));

    private static Item OfReferenceData(Code code, LocalizedText title) => new(
        code,
        title,
        new("Whoever may change the delegation, the inviter of a draft or else the insurer, adds at least one to its reference data.",
            "Qui peut modifier la délégation, l'auteur d'un projet ou sinon l'assureur, en ajoute au moins un à ses données de référence."));

    private static Item OfContacts(Code code, LocalizedText title) => new(
        code,
        title,
        new("An administrator or the delegation manager names a member, once the delegation is open.", "Un administrateur ou le responsable de la délégation désigne un membre, une fois la délégation ouverte."));
}
