using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;

namespace Delegation.ServiceDefaults.Tests.Fields;

public sealed class Reading_fields
{
    private readonly List<FieldViolation> _violations = [];

    [Fact]
    public void What_is_right_is_read_without_a_word()
    {
        Assert.Equal(new Guid("0198c0de-7a3b-7c4d-8e5f-0123456789ab"), IdField.Read("id", "0198c0de-7a3b-7c4d-8e5f-0123456789ab", _violations));
        Assert.Equal(new DateOnly(2028, 2, 29), DayField.Read("day", "2028-02-29", _violations));
        Assert.Equal("Recette", TextField.ReadLine("title", " Recette\u00A0", 200, _violations));
        Assert.Equal("deux\nlignes", TextField.ReadText("description", "deux\nlignes\n", 200, _violations));
        Assert.Equal("", TextField.ReadText("description", "", 200, _violations));
        Assert.Null(IdField.ReadOptional("id", "", _violations));
        Assert.Null(DayField.ReadOptional("day", "", _violations));

        Assert.Empty(_violations);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{0198c0de-7a3b-7c4d-8e5f-0123456789ab}")]
    [InlineData("0198c0de7a3b7c4d8e5f0123456789ab")]
    public void A_malformed_id_is_named_by_its_field(string text) =>
        Told(IdField.Read("owner.person_id", text, _violations) is null, "owner.person_id", "PERSON_ID_MALFORMED");

    [Theory]
    [InlineData("", "DUE_DAY_REQUIRED")]
    [InlineData("2027-02-29", "DUE_DAY_MALFORMED")]
    [InlineData("01/03/2026", "DUE_DAY_MALFORMED")]
    [InlineData("2026-3-1", "DUE_DAY_MALFORMED")]
    [InlineData("9999-12-31", "DUE_DAY_MALFORMED")]
    public void A_day_that_is_none_is_refused(string text, string reason) => Told(DayField.Read("due_day", text, _violations) is null, "due_day", reason);

    [Theory]
    [InlineData(" \u2009", "TITLE_REQUIRED")]
    [InlineData("123456", "TITLE_TOO_LONG")]
    [InlineData("a\nb", "TITLE_INVISIBLE_CHARACTER")]
    [InlineData("a\u202Eb", "TITLE_INVISIBLE_CHARACTER")]
    public void A_line_that_nobody_can_read_is_refused(string text, string reason) => Told(TextField.ReadLine("title", text, 5, _violations) is null, "title", reason);

    [Fact]
    public void A_control_character_is_refused_in_longer_texts_too() =>
        Told(TextField.ReadText("description", "a\u0000b", 5, _violations) is null, "description", "DESCRIPTION_INVISIBLE_CHARACTER");

    [Theory]
    [InlineData("2026-03-01")]
    [InlineData("")]
    public void A_day_is_written_as_it_is_read(string text) => Assert.Equal(text, DayField.Write(DayField.ReadOptional("day", text, _violations)));

    private void Told(bool refused, string field, string reason)
    {
        Assert.True(refused);
        var violation = Assert.Single(_violations);
        Assert.Equal((field, reason), (violation.Field, violation.Reason));
        Assert.NotNull(violation.Remedy);
    }
}
