using Delegation.ServiceDefaults.Errors;

namespace Delegation.Reporting.Imports;

/// <summary>What of people has no place in an import.</summary>
internal enum PersonalKind
{
    /// <summary>A number of the register of people (NIR, numéro de sécurité sociale).</summary>
    Nir,

    /// <summary>Somebody's name.</summary>
    Name,

    /// <summary>An e-mail address.</summary>
    Email,

    /// <summary>A telephone number.</summary>
    Phone,

    /// <summary>Bank details.</summary>
    Bank,
}

/// <summary>What people call it.</summary>
internal static class PersonalKinds
{
    public static LocalizedText Text(this PersonalKind kind) => kind switch
    {
        PersonalKind.Nir => new("social security numbers (NIR)", "des numéros de sécurité sociale (NIR)"),
        PersonalKind.Name => new("names of people", "des noms de personnes"),
        PersonalKind.Email => new("e-mail addresses", "des adresses électroniques"),
        PersonalKind.Phone => new("telephone numbers", "des numéros de téléphone"),
        _ => new("bank details", "des coordonnées bancaires"),
    };
}
