using Delegation.ServiceDefaults.Errors;
using FsCheck;
using FsCheck.Fluent;

namespace Delegation.ServiceDefaults.Tests.Errors;

public sealed class The_language_of_a_caller
{
    [Theory]
    [InlineData(null, "en")]
    [InlineData("", "en")]
    [InlineData("*", "en")]
    [InlineData("fr", "fr")]
    [InlineData("FR-ca", "fr")]
    [InlineData("de, fr;q=0.8, en;q=0.9", "en")]
    [InlineData("en;q=0.3, fr;q=0.4", "fr")]
    [InlineData("fr;q=0", "en")]
    [InlineData("de-DE,de;q=0.9", "en")]
    [InlineData("fro", "en")]
    [InlineData("this is; no header", "en")]
    public void Is_the_first_of_ours_in_their_order(string? acceptLanguage, string language) =>
        Assert.Equal(language, Language.Of(acceptLanguage));

    [Fact]
    public void Is_one_of_ours_whatever_the_header_says() =>
        Check.QuickThrowOnFailure(Prop.ForAll<string>(header => Language.Of(header) is "fr" or "en"));
}
