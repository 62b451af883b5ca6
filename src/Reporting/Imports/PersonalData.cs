using System.Globalization;
using System.Text;

namespace Delegation.Reporting.Imports;

/// <summary>
/// Recognises what looks like data of people. It errs on the side of caution where many values agree, which <see cref="ColumnWatch"/> weighs;
/// a single value that is certain by its check digits is enough to keep it out.
/// </summary>
internal static class PersonalData
{
    // Most values are shorter, or numbers that are shorter: days, codes, amounts.
    private const int Shortest = 5;
    private const int FewestDigits = 10;

    private static readonly Dictionary<string, PersonalKind> Words = new()
    {
        ["nir"] = PersonalKind.Nir, ["nss"] = PersonalKind.Nir, ["ssn"] = PersonalKind.Nir, ["insee"] = PersonalKind.Nir, ["secu"] = PersonalKind.Nir,
        ["nom"] = PersonalKind.Name, ["noms"] = PersonalKind.Name, ["prenom"] = PersonalKind.Name, ["prenoms"] = PersonalKind.Name, ["patronyme"] = PersonalKind.Name,
        ["surname"] = PersonalKind.Name, ["firstname"] = PersonalKind.Name, ["lastname"] = PersonalKind.Name, ["forename"] = PersonalKind.Name, ["fullname"] = PersonalKind.Name,
        ["mail"] = PersonalKind.Email, ["email"] = PersonalKind.Email, ["courriel"] = PersonalKind.Email,
        ["tel"] = PersonalKind.Phone, ["telephone"] = PersonalKind.Phone, ["phone"] = PersonalKind.Phone, ["portable"] = PersonalKind.Phone, ["mobile"] = PersonalKind.Phone,
        ["iban"] = PersonalKind.Bank, ["rib"] = PersonalKind.Bank, ["bic"] = PersonalKind.Bank,
    };

    private static readonly (string Phrase, PersonalKind Kind)[] Phrases =
    [
        ("securite sociale", PersonalKind.Nir), ("social security", PersonalKind.Nir), ("first name", PersonalKind.Name), ("last name", PersonalKind.Name),
        ("full name", PersonalKind.Name), ("birth name", PersonalKind.Name), ("compte bancaire", PersonalKind.Bank), ("bank account", PersonalKind.Bank),
    ];

    // First names that most people in France have had since 1950 (Insee, fichier des prénoms), folded.
    private static readonly HashSet<string> FirstNames =
    [
        .. ("marie jean philippe michel alain patrick nathalie isabelle catherine sylvie christophe nicolas christine francoise pierre martine valerie sandrine "
            + "stephane eric veronique laurent monique frederic olivier christian dominique stephanie celine julien david thomas thierry pascal alexandre brigitte "
            + "sophie jacques daniel bernard sebastien virginie karine chantal anne patricia annie gerard julie laurence corinne camille nicole aurelie kevin andre "
            + "guillaume emilie bruno florence claude antoine romain anthony maxime mathieu audrey lea emma manon chloe lucas hugo theo louis clara ines jeanne claire "
            + "karim mohamed fatima vincent jerome cedric helene caroline laura melanie sarah pauline elodie marc paul gilles serge didier denise jacqueline danielle").Split(' '),
    ];

    private static readonly string[] Civilities = ["m", "mr", "mme", "mlle", "monsieur", "madame", "mademoiselle"];

    /// <summary>What a column is about by its header, if it is about people.</summary>
    public static PersonalKind? OfHeader(string header)
    {
        var folded = Folded.Of(header);
        foreach (var (phrase, kind) in Phrases)
            if ($" {folded} ".Contains($" {phrase} ", StringComparison.Ordinal))
                return kind;
        foreach (var word in folded.Split(' '))
            if (Words.TryGetValue(word, out var kind))
                return kind;

        return folded is "e mail" or "adresse e mail" ? PersonalKind.Email : null;
    }

    /// <summary>The same of a cell in UTF-8. Of nearly all the number of digits tells that they look like nothing of people.</summary>
    public static (PersonalKind Kind, bool Certain)? OfValue(ReadOnlySpan<byte> cell) => MayBeAny(cell) ? OfValue(Encoding.UTF8.GetString(cell)) : null;

    /// <summary>What a value looks like, if it looks like something of people; and whether that is certain by check digits or form.</summary>
    public static (PersonalKind Kind, bool Certain)? OfValue(string value)
    {
        if (value.Length < Shortest)
            return null;
        if (value.Contains('@', StringComparison.Ordinal))
            return IsEmail(value.AsSpan().Trim()) ? (PersonalKind.Email, true) : null;

        Span<char> compact = stackalloc char[36];
        var (length, digits) = Compact(value, compact);
        return length switch
        {
            15 when digits >= 13 && IsNir(compact[..15]) => (PersonalKind.Nir, true),
            >= 15 and <= 34 when digits >= 10 && IsIban(compact[..length]) => (PersonalKind.Bank, true),
            13 when digits >= 12 && HasFormOfNir(compact[..13]) => (PersonalKind.Nir, false),
            10 or 11 when digits == length && IsPhone(value, compact[..length]) => (PersonalKind.Phone, false),
            _ when digits == 0 && IsName(value) => (PersonalKind.Name, false),
            _ => null,
        };
    }

    private static bool MayBeAny(ReadOnlySpan<byte> cell)
    {
        if (cell.Length < Shortest)
            return false;

        var (length, digits) = (0, 0);
        foreach (var character in cell)
        {
            if (character is >= 0x80 or (byte)'@')
                return true;
            length += char.IsAsciiLetterOrDigit((char)character) ? 1 : 0;
            digits += char.IsAsciiDigit((char)character) ? 1 : 0;
        }

        return digits == 0 ? cell.ContainsAny((byte)' ', (byte)'-') : digits >= FewestDigits && length is 10 or 11 or 13 or >= 15;
    }

    // Letters and digits in upper case, without blanks, dots and hyphens in between; of anything else nothing.
    private static (int Length, int Digits) Compact(string value, Span<char> compact)
    {
        var (length, digits) = (0, 0);
        foreach (var character in value)
        {
            if (character is ' ' or '.' or '-' or '\u00a0' or '+')
                continue;
            if (!char.IsAsciiLetterOrDigit(character) || length == compact.Length)
                return (0, digits);
            compact[length++] = char.ToUpperInvariant(character);
            digits += char.IsAsciiDigit(character) ? 1 : 0;
        }

        return (length, digits);
    }

    // Sex, year, month, department, commune, order, key: https://www.insee.fr/fr/metadonnees/definition/c1409. Corsica counts as 19 and 18.
    private static bool IsNir(ReadOnlySpan<char> text)
    {
        if (!HasFormOfNir(text[..13]) || !int.TryParse(text[13..], NumberStyles.None, CultureInfo.InvariantCulture, out var key))
            return false;

        var number = text[..13].ToString().Replace("2A", "19", StringComparison.Ordinal).Replace("2B", "18", StringComparison.Ordinal);
        return long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && key == 97 - (value % 97);
    }

    private static bool HasFormOfNir(ReadOnlySpan<char> text)
    {
        if (text[0] is not ('1' or '2' or '3' or '4' or '7' or '8') || !int.TryParse(text[3..5], NumberStyles.None, CultureInfo.InvariantCulture, out var month))
            return false;

        var corsica = text[5] == '2' && text[6] is 'A' or 'B';
        return (month is (>= 1 and <= 12) or 20 or (>= 30 and <= 42) or >= 50)
            && (corsica || (int.TryParse(text[5..7], NumberStyles.None, CultureInfo.InvariantCulture, out var department) && department is (>= 1 and <= 95) or (>= 97 and <= 99)))
            && text[7..].IndexOfAnyExceptInRange('0', '9') < 0;
    }

    // ISO 13616: the first four at the end, letters as numbers, the rest of 97 is 1.
    private static bool IsIban(ReadOnlySpan<char> text)
    {
        if (!char.IsAsciiLetter(text[0]) || !char.IsAsciiLetter(text[1]) || !char.IsAsciiDigit(text[2]) || !char.IsAsciiDigit(text[3]))
            return false;

        var rest = 0;
        for (var place = 0; place < text.Length; place++)
        {
            var character = text[(place + 4) % text.Length];
            rest = char.IsAsciiDigit(character) ? ((rest * 10) + character - '0') % 97 : ((rest * 100) + character - 'A' + 10) % 97;
        }

        return rest == 1;
    }

    private static bool IsPhone(string value, ReadOnlySpan<char> compact) => compact.Length == 10
        ? compact[0] == '0' && compact[1] != '0'
        : compact is ['3', '3', >= '1' and <= '9', ..] && value.Contains('+', StringComparison.Ordinal);

    private static bool IsEmail(ReadOnlySpan<char> value)
    {
        var at = value.IndexOf('@');
        return at > 0 && value[(at + 1)..].IndexOf('@') < 0 && value[at..].LastIndexOf('.') is > 1 and var dot && dot < value.Length - at - 2 && !value.Contains(' ');
    }

    // Two to four words, one of them a first name or a civility.
    private static bool IsName(string value)
    {
        if (value.Length > 60 || !value.AsSpan().Trim().ContainsAny(' ', '-'))
            return false;

        var words = Folded.Of(value).Split(' ');
        return words.Length is >= 2 and <= 4 && words.All(word => word.All(char.IsLetter)) && (Civilities.Contains(words[0]) || words.Any(FirstNames.Contains));
    }
}
