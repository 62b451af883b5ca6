using Delegation.Contracts.Organizations;
using Delegation.ServiceDefaults.Errors;
using FsCheck;
using FsCheck.Fluent;

namespace Delegation.Contracts.Tests.Organizations;

public sealed class Sirens
{
    private static readonly Arbitrary<string> EightDigits =
        Gen.Elements("0123456789".ToCharArray()).ArrayOf(8).Select(digits => new string(digits)).ToArbitrary();

    [Theory]
    [InlineData("120027016", "INSEE")]
    [InlineData("130025265", "Direction interministérielle du numérique")]
    [InlineData("180035024", "Caisse nationale de l'assurance maladie")]
    [InlineData("180020026", "Caisse des dépôts et consignations")]
    [InlineData("572104891", "Banque de France")]
    [InlineData("356000000", "La Poste, whose SIRETs have a rule of their own but whose SIREN has not")]
    public void The_sirens_of_public_bodies_are_accepted(string digits, string body) => Assert.True(Reason(digits) is null, body);

    [Theory]
    [InlineData("552 100 554")]
    [InlineData(" 552100554\t")]
    [InlineData("552\u00A0100\u00A0554")]
    [InlineData("552\u202F100\u202F554")]
    public void The_usual_ways_to_write_one_are_accepted(string text)
    {
        Assert.True(Siren.TryParse(text, out var siren, out _));
        Assert.Equal("552100554", siren.Digits);
    }

    [Theory]
    [InlineData("", "SIREN_REQUIRED")]
    [InlineData(" \u00A0", "SIREN_REQUIRED")]
    [InlineData("55210055O", "SIREN_NOT_DIGITS")]
    [InlineData("552.100.554", "SIREN_NOT_DIGITS")]
    [InlineData("٥٥٢١٠٠٥٥٤", "SIREN_NOT_DIGITS")]
    [InlineData("55210055", "SIREN_WRONG_LENGTH")]
    [InlineData("55210055400013", "SIREN_WRONG_LENGTH")]
    [InlineData("000000000", "SIREN_ALL_ZEROS")]
    [InlineData("552100555", "SIREN_WRONG_CHECK_DIGIT")]
    public void Each_mistake_has_a_reason_of_its_own(string text, string reason) => Assert.Equal(reason, Reason(text));

    [Fact]
    public void A_siret_is_told_apart()
    {
        var remedy = Violation("552 100 554 00013")!.Remedy!;

        Assert.Contains("SIRET", remedy.English, StringComparison.Ordinal);
        Assert.Contains("SIRET", remedy.French, StringComparison.Ordinal);
    }

    [Fact]
    public void The_character_that_is_no_digit_is_counted_in_the_text_as_it_was_given() =>
        Assert.Contains("character 6 ", Violation("552 1O0 554")!.Description.English, StringComparison.Ordinal);

    [Fact]
    public void Eight_digits_have_exactly_one_check_digit() =>
        Prop.ForAll(EightDigits, digits => Completions(digits).Count() == (digits == "00000000" ? 0 : 1)).QuickCheckThrowOnFailure();

    [Fact]
    public void A_siren_with_one_digit_changed_is_refused() =>
        Prop.ForAll(EightDigits, digits => Completions(digits).SelectMany(OneDigitChanged).All(changed => Reason(changed) is not null)).QuickCheckThrowOnFailure();

    /// <summary>Luhn's only blind spot among neighbours is 09 and 90.</summary>
    [Fact]
    public void A_siren_with_two_neighbours_swapped_is_refused() =>
        Prop.ForAll(EightDigits, digits => Completions(digits).SelectMany(NeighboursSwapped).All(swapped => Reason(swapped) is not null)).QuickCheckThrowOnFailure();

    private static FieldViolation? Violation(string text) => Siren.TryParse(text, out _, out var violation) ? null : violation;

    private static string? Reason(string text) => Violation(text)?.Reason;

    private static IEnumerable<string> Completions(string digits) =>
        "0123456789".Select(check => digits + check).Where(siren => Reason(siren) is null);

    private static IEnumerable<string> OneDigitChanged(string siren) =>
        from position in Enumerable.Range(0, siren.Length)
        from digit in "0123456789"
        where digit != siren[position]
        select $"{siren[..position]}{digit}{siren[(position + 1)..]}";

    private static IEnumerable<string> NeighboursSwapped(string siren) =>
        from position in Enumerable.Range(0, siren.Length - 1)
        let pair = siren.Substring(position, 2)
        where pair[0] != pair[1] && pair is not ("09" or "90")
        select $"{siren[..position]}{pair[1]}{pair[0]}{siren[(position + 2)..]}";
}
