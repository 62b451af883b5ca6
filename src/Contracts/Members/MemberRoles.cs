using Delegation.Access.V1;
using Delegation.Persistence.Access;
using Delegation.ServiceDefaults.Errors;

namespace Delegation.Contracts.Members;

/// <summary>The roles that a request gives a member.</summary>
internal static class MemberRoles
{
    public static readonly string Administrator = Role.Administrator.Code();

    private static readonly LocalizedText ChooseFromTheList = new(
        "Give at least one role of the list, such as ROLE_SIGNATORY.",
        "Indiquez au moins un rôle de la liste, par exemple ROLE_SIGNATORY (signataire).");

    /// <summary>Their codes, each once and in the order of the list.</summary>
    public static string[] Read(IReadOnlyList<Role> roles, ICollection<FieldViolation> violations)
    {
        if (roles.Count == 0)
            violations.Add(new FieldViolation(
                "roles", "ROLES_REQUIRED", new("The roles are missing.", "Les rôles ne sont pas renseignés."), ChooseFromTheList));

        foreach (var (index, role) in roles.Index())
            if (!role.IsKnown())
                violations.Add(new FieldViolation(
                    $"roles[{index}]", "ROLE_UNKNOWN", new("This role is not known.", "Ce rôle n'est pas connu."), ChooseFromTheList));

        return [.. roles.Where(role => role.IsKnown()).Distinct().Order().Select(role => role.Code())];
    }
}
