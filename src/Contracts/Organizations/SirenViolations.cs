using Delegation.ServiceDefaults.Errors;

namespace Delegation.Contracts.Organizations;

/// <summary>What can be wrong with a SIREN, and what to do about it.</summary>
internal static class SirenViolations
{
    private static readonly LocalizedText GiveNineDigits = new(
        "Give the 9 digits that INSEE assigned to the legal unit, as in 552 100 554.",
        "Indiquez les 9 chiffres que l'INSEE a attribués à l'unité légale, par exemple 552 100 554.");

    private static readonly LocalizedText CompareWithTheDirectory = new(
        "Compare it with the organisation's entry in the Sirene register, digit by digit.",
        "Comparez-le, chiffre par chiffre, à l'inscription de l'organisme au répertoire Sirene.");

    private static readonly LocalizedText KeepTheFirstNine = new(
        "14 digits are a SIRET, the number of an establishment: its first 9 digits are the SIREN.",
        "14 chiffres forment un SIRET, le numéro d'un établissement : ses 9 premiers chiffres sont le SIREN.");

    public static readonly FieldViolation Required = Violation("SIREN_REQUIRED", new("The SIREN is missing.", "Le SIREN n'est pas renseigné."), GiveNineDigits);

    public static readonly FieldViolation AllZeros = Violation(
        "SIREN_ALL_ZEROS", new("No legal unit has a SIREN of zeros.", "Aucune unité légale n'a un SIREN composé de zéros."), GiveNineDigits);

    public static readonly FieldViolation WrongCheckDigit = Violation(
        "SIREN_WRONG_CHECK_DIGIT",
        new("The last digit of this SIREN does not fit the others: one digit is mistyped, or two are swapped.",
            "Le dernier chiffre de ce SIREN ne correspond pas aux autres : un chiffre est erroné, ou deux sont inversés."),
        CompareWithTheDirectory);

    /// <param name="position">Of the first character that is no digit, from 1, in the text as it was given.</param>
    public static FieldViolation NotDigits(int position) => Violation(
        "SIREN_NOT_DIGITS",
        new($"A SIREN has digits only; character {position} is none.", $"Un SIREN ne comporte que des chiffres ; le caractère {position} n'en est pas un."),
        GiveNineDigits);

    public static FieldViolation WrongLength(int digits) => Violation(
        "SIREN_WRONG_LENGTH",
        new($"A SIREN has 9 digits; here are {digits}.", $"Un SIREN comporte 9 chiffres ; en voici {digits}."),
        digits == 14 ? KeepTheFirstNine : GiveNineDigits);

    private static FieldViolation Violation(string reason, LocalizedText description, LocalizedText remedy) => new("siren", reason, description, remedy);
}
