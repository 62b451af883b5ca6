using Delegation.Contracts.V1;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;

namespace Delegation.Contracts.Organizations;

/// <summary>The lists in the profile of an organisation: each item in its plain form, and everything that is wrong with them.</summary>
internal static class ProfileLists
{
    private const int MostIdentifiers = 20;
    private const int MostDepartments = 50;
    private const int LongestCode = 30;
    private const int LongestName = 100;
    private const int LongestInRegister = 60;

    public static IReadOnlyList<ForeignIdentifier> Read(UpdateOrganizationRequest.Types.ForeignIdentifiers list, ICollection<FieldViolation> violations)
    {
        Bounded("foreign_identifiers.items", list.Items.Count, MostIdentifiers, violations);
        var read = new List<ForeignIdentifier>();
        foreach (var (index, item) in list.Items.Index())
        {
            var path = $"foreign_identifiers.items[{index}]";
            var country = item.Country.Trim();
            if (country.Length != 2 || !country.All(char.IsAsciiLetterUpper))
                violations.Add(new FieldViolation(
                    $"{path}.country",
                    "COUNTRY_MALFORMED",
                    new("A country is two capital letters.", "Un pays s'écrit en deux lettres majuscules."),
                    new("Give its code of ISO 3166-1, as in BE.", "Indiquez son code ISO 3166-1, par exemple BE.")));

            var register = TextField.ReadLine($"{path}.register", item.Register, LongestInRegister, violations) ?? "";
            var value = TextField.ReadLine($"{path}.value", item.Value, LongestInRegister, violations) ?? "";
            if (register.Length > 0 && read.Exists(other => other.Country == country && other.Register == register))
                violations.Add(Duplicate(path, "FOREIGN_IDENTIFIER_DUPLICATE"));

            read.Add(new ForeignIdentifier { Country = country, Register = register, Value = value });
        }

        return read;
    }

    public static IReadOnlyList<Department> Read(UpdateOrganizationRequest.Types.Departments list, ICollection<FieldViolation> violations)
    {
        Bounded("departments.items", list.Items.Count, MostDepartments, violations);
        var read = new List<Department>();
        foreach (var (index, item) in list.Items.Index())
        {
            var path = $"departments.items[{index}]";
            if (!IsCode(item.Code))
                violations.Add(new FieldViolation(
                    $"{path}.code",
                    "CODE_MALFORMED",
                    new($"A code has 1 to {LongestCode} small letters, digits and underscores, the first a letter.",
                        $"Un code comporte de 1 à {LongestCode} lettres minuscules, chiffres et tirets bas, et commence par une lettre."),
                    new("Write it as in `legal`.", "Écrivez-le par exemple ainsi : `juridique`.")));
            else if (read.Exists(other => other.Code == item.Code))
                violations.Add(Duplicate($"{path}.code", "DEPARTMENT_DUPLICATE"));

            read.Add(new Department { Code = item.Code, Name = TextField.ReadLine($"{path}.name", item.Name, LongestName, violations) ?? "" });
        }

        return read;
    }

    private static bool IsCode(string code) => code.Length is > 0 and <= LongestCode && char.IsAsciiLetterLower(code[0])
        && code.All(character => char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character) || character == '_');

    private static void Bounded(string field, int count, int most, ICollection<FieldViolation> violations)
    {
        if (count > most)
            violations.Add(new FieldViolation(
                field, "TOO_MANY", new($"There are {count}; at most {most} are kept.", $"Il y en a {count} ; {most} au plus sont conservés."),
                new("Leave some out.", "Retirez-en.")));
    }

    private static FieldViolation Duplicate(string field, string reason) => new(
        field, reason, new("It stands in the list twice.", "Il figure deux fois dans la liste."), new("Leave one out.", "Retirez-en un."));
}
