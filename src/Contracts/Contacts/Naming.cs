using Delegation.Contracts.Delegations;
using Delegation.Contracts.V1;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;

namespace Delegation.Contracts.Contacts;

/// <summary>Decides who becomes contact of a side: members of its organisation whom the other side can reach.</summary>
internal static class Naming
{
    private const int MaximumAbsences = 50;

    private static readonly FieldViolation MainRequired = new(
        "main",
        "MAIN_REQUIRED",
        new("The main contact is missing.", "L'interlocuteur principal n'est pas renseigné."),
        new("Name a member of your organisation.", "Désignez un membre de votre organisme."));

    /// <param name="command">The request.</param>
    /// <param name="members">Those members of the caller's organisation whom it names, as they are now.</param>
    /// <param name="violations">What is wrong.</param>
    public static SideContacts Read(SetContactsRequest command, IReadOnlyList<Reachable> members, ICollection<FieldViolation> violations)
    {
        if (command.Main is null)
            violations.Add(MainRequired);

        var contacts = new SideContacts
        {
            Main = Read("main", command.Main, members, violations),
            Deputy = Read("deputy", command.Deputy, members, violations),
        };
        if (command.Main?.MemberId is { Length: > 0 } main && command.Deputy?.MemberId == main)
            violations.Add(Violation("deputy", "DEPUTY_IS_MAIN_CONTACT",
                new("The deputy is the main contact.", "Le suppléant est l'interlocuteur principal."),
                new("Name another member, or nobody.", "Désignez un autre membre, ou personne.")));

        return contacts;
    }

    private static Contact? Read(string path, NamedContact? named, IReadOnlyList<Reachable> members, ICollection<FieldViolation> violations)
    {
        if (named is null)
            return null;

        var id = IdField.Read($"{path}.member_id", named.MemberId, violations);
        var member = members.SingleOrDefault(member => member.MemberId == id);
        if (id is not null && Problem(path, member) is { } problem)
            violations.Add(problem);

        ListLimits.Check($"{path}.absences", named.Absences.Count, MaximumAbsences, violations);
        foreach (var (index, absence) in named.Absences.Index())
            Period.Read($"{path}.absences[{index}]", absence.StartDay, absence.EndDay, violations);

        return new Contact
        {
            MemberId = member?.MemberId.ToString() ?? "",
            Name = member?.Name ?? "",
            Email = member?.Email ?? "",
            Phone = member?.Phone ?? "",
            Absences = { named.Absences },
        };
    }

    private static FieldViolation? Problem(string path, Reachable? member) => member switch
    {
        null => Violation(path, "MEMBER_UNKNOWN",
            new("No member of your organisation has this id.", "Aucun membre de votre organisme n'a cet identifiant."),
            new("Choose one from the list of members.", "Choisissez-en un dans la liste des membres.")),
        { Name: "" } => Violation(path, "MEMBER_WITHOUT_NAME",
            new("This member gave no name.", "Ce membre n'a pas indiqué son nom."),
            new("Complete the member's profile first.", "Complétez d'abord le profil du membre.")),
        { Email: "", Phone: "" } => Violation(path, "MEMBER_WITHOUT_ADDRESS",
            new("This member gave neither an e-mail address nor a telephone number.", "Ce membre n'a indiqué ni adresse électronique ni numéro de téléphone."),
            new("Complete the member's profile first.", "Complétez d'abord le profil du membre.")),
        _ => null,
    };

    private static FieldViolation Violation(string path, string reason, LocalizedText description, LocalizedText remedy) =>
        new($"{path}.member_id", reason, description, remedy);
}
