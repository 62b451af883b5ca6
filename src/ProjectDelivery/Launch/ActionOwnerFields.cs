using Delegation.Access.V1;
using Delegation.Delivery.V1;
using Delegation.Persistence.Access;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;

namespace Delegation.ProjectDelivery.Launch;

/// <summary>Who does an action: a role or a person of one side.</summary>
internal sealed record ActionOwnerFields(Side Side, Role? Role, Guid? PersonId)
{
    private static readonly LocalizedText NameOne = new(
        "Name a side, and there either a role or a person.", "Indiquez une partie et, chez elle, soit un rôle, soit une personne.");

    private static readonly FieldViolation Required = new("owner", "OWNER_REQUIRED", new("Nobody is named to do it.", "Aucun porteur n'est désigné."), NameOne);

    private static readonly FieldViolation Ambiguous = new(
        "owner", "OWNER_AMBIGUOUS", new("Both a role and a person are named.", "Un rôle et une personne sont désignés à la fois."), NameOne);

    private static readonly FieldViolation RoleUnknown = new(
        "owner.role", "ROLE_UNKNOWN", new("This role is not known.", "Ce rôle n'est pas connu."), new("Choose one of the roles of the contract.", "Choisissez l'un des rôles du contrat d'interface."));

    private static readonly LocalizedText ChooseASide = new("Choose SIDE_INSURER or SIDE_DELEGATE.", "Choisissez SIDE_INSURER (assureur) ou SIDE_DELEGATE (délégataire).");

    private static readonly FieldViolation SideRequired = new("owner.side", "SIDE_REQUIRED", new("The side is missing.", "La partie n'est pas renseignée."), ChooseASide);

    private static readonly FieldViolation SideUnknown = new("owner.side", "SIDE_UNKNOWN", new("This is no side of a delegation.", "Ceci n'est pas une partie de la délégation."), ChooseASide);

    private static readonly FieldViolation PersonOfOtherSide = new(
        "owner.person_id",
        "PERSON_OF_OTHER_SIDE",
        new("Each side names its own people.", "Chaque partie désigne ses propres collaborateurs."),
        new("Name a role of the other side; it puts a person in its place.", "Désignez un rôle de l'autre partie ; elle y substituera une personne."));

    private static readonly FieldViolation PersonUnknown = new(
        "owner.person_id",
        "PERSON_UNKNOWN",
        new("Nobody with this id is a member of your organisation.", "Aucun membre de votre organisme n'a cet identifiant."),
        new("Give the `person_id` of one of its members.", "Indiquez le `person_id` de l'un de ses membres."));

    /// <summary>Null with violations.</summary>
    public static ActionOwnerFields? Read(ActionOwner? owner, ICollection<FieldViolation> violations)
    {
        if (owner is null)
        {
            violations.Add(Required);
            return null;
        }

        var before = violations.Count;
        if (owner.Side is not (Side.Insurer or Side.Delegate))
            violations.Add(owner.Side == Side.Unspecified ? SideRequired : SideUnknown);
        if (owner.Role != Access.V1.Role.Unspecified && !owner.Role.IsKnown())
            violations.Add(RoleUnknown);
        if (ExactlyOneIsNamed(owner) is { } violation)
            violations.Add(violation);

        var person = IdField.ReadOptional("owner.person_id", owner.PersonId, violations);
        return violations.Count > before ? null : new ActionOwnerFields(owner.Side, person is null ? owner.Role : null, person);
    }

    /// <summary>Each side names its own people, and whom the other side named may stay; null when that holds.</summary>
    public FieldViolation? EachSideNamesItsOwnPeople(Side caller, ActionOwner? before, bool isColleague) =>
        PersonId is not { } person || (before is not null && before.Side == Side && before.PersonId == person.ToString()) ? null
        : Side != caller ? PersonOfOtherSide
        : isColleague ? null
        : PersonUnknown;

    private static FieldViolation? ExactlyOneIsNamed(ActionOwner owner) => (owner.Role != Access.V1.Role.Unspecified, owner.PersonId.Length > 0) switch
    {
        (false, false) => Required,
        (true, true) => Ambiguous,
        _ => null,
    };
}
