using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;

namespace Delegation.Contracts.Members;

/// <summary>How a person is reached. An empty text is none; what is checked is what makes a typing error, not whether somebody answers.</summary>
internal static class Particulars
{
    private const int LongestName = 100;
    private const int LongestEmail = 254;
    private const int LongestPhone = 30;

    /// <summary>How a person is called: one line.</summary>
    public static string ReadName(string field, string text, ICollection<FieldViolation> violations) =>
        text.Trim().Length == 0 ? "" : TextField.ReadLine(field, text, LongestName, violations) ?? "";

    /// <summary>An address that e-mail can be sent to: one @ with something before it and a name with a dot behind.</summary>
    public static string ReadEmail(string field, string text, ICollection<FieldViolation> violations)
    {
        var email = text.Trim();
        if (email.Length > 0 && !IsEmail(email))
            violations.Add(new FieldViolation(
                field,
                "EMAIL_MALFORMED",
                new("This is not an e-mail address.", "Ceci n'est pas une adresse électronique."),
                new($"Write it as in nom@exemple.fr, with at most {LongestEmail} characters.", $"Écrivez-la par exemple ainsi : nom@exemple.fr, en {LongestEmail} caractères au plus.")));

        return email;
    }

    public static string ReadPhone(string field, string text, ICollection<FieldViolation> violations)
    {
        var phone = text.Trim();
        if (phone.Length > 0 && !IsPhone(phone))
            violations.Add(new FieldViolation(
                field,
                "PHONE_MALFORMED",
                new("This is not a telephone number.", "Ceci n'est pas un numéro de téléphone."),
                new($"Write 3 to 20 digits, as in +33 1 23 45 67 89, with at most {LongestPhone} characters.",
                    $"Écrivez de 3 à 20 chiffres, par exemple +33 1 23 45 67 89, en {LongestPhone} caractères au plus.")));

        return phone;
    }

    private static bool IsEmail(string email)
    {
        var at = email.IndexOf('@', StringComparison.Ordinal);
        var domain = email[(at + 1)..];

        return email.Length <= LongestEmail && at > 0 && at == email.LastIndexOf('@')
            && email.All(character => char.IsLetterOrDigit(character) || char.IsAscii(character) && !char.IsControl(character) && character is not (' ' or '<' or '>' or ',' or ';' or '"'))
            && domain.Contains('.', StringComparison.Ordinal) && domain.Split('.').All(label => label.Length > 0);
    }

    private static bool IsPhone(string phone) => phone.Length <= LongestPhone
        && phone.Count(char.IsAsciiDigit) is >= 3 and <= 20
        && phone.LastIndexOf('+') <= 0
        && phone.All(character => char.IsAsciiDigit(character) || character is '+' or ' ' or '\u00A0' or '\u202F' or '.' or '-' or '(' or ')');
}
