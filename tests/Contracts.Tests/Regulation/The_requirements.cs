using Delegation.Contracts.Regulation;
using Delegation.Contracts.V1;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;

namespace Delegation.Contracts.Tests.Regulation;

public sealed class The_requirements
{
    [Fact]
    public void Each_has_an_id_of_its_own_a_source_and_both_languages()
    {
        Assert.Equal(RequirementCatalogue.All.Count, RequirementCatalogue.All.Select(requirement => requirement.Id).Distinct().Count());
        Assert.All(RequirementCatalogue.All, requirement =>
        {
            Assert.Matches("^[A-Z0-9]+(-[A-Z0-9]+)+$", requirement.Id);
            Assert.True(requirement.Source.Length > 0 && requirement.Name.Length > 0 && requirement.FrenchName.Length > 0, requirement.Id);
            Assert.NotEqual(requirement.Name, requirement.FrenchName);
            Assert.Equal(CoverageRule.TakesEvidence(requirement), requirement.EvidenceKind != EvidenceKind.Unspecified);
        });
    }

    [Fact]
    public void Every_regime_brings_some() =>
        Assert.Equal(Covering.AllRegimes.Order(), RequirementCatalogue.All.SelectMany(requirement => requirement.Regimes).Distinct().Order());

    [Fact]
    public void Days_are_days()
    {
        var violations = new List<FieldViolation>();
        foreach (var requirement in RequirementCatalogue.All)
            foreach (var day in new[] { requirement.StartDay, requirement.EndDay, requirement.RecheckDay })
                DayField.ReadOptional(requirement.Id, day, violations);

        Assert.Empty(violations);
    }

    /// <summary>Letters that the law counts: all of them, one by one.</summary>
    [Theory]
    [InlineData("SII-274-3-", "ABCDEF")]
    [InlineData("SII-274-4-", "ABCDEFGIJKL")]
    [InlineData("SII-274-5-", "ABCD")]
    [InlineData("SII-49-2-", "ABCD")]
    [InlineData("DORA-28-7-", "ABCD")]
    [InlineData("DORA-30-2-", "ABCDEFGHI")]
    [InlineData("DORA-30-3-", "ABCDF")]
    [InlineData("GDPR-28-3-", "ABCEFGH")]
    public void Every_letter_of_an_article_is_there(string article, string letters) =>
        Assert.All(letters, letter => Assert.NotNull(RequirementCatalogue.Find(article + letter)));

    /// <summary>What a source does not say for sure blocks nothing.</summary>
    [Fact]
    public void What_is_uncertain_is_not_mandatory() =>
        Assert.All(RequirementCatalogue.All, requirement => Assert.Equal(requirement.Certainty != Certainty.Uncertain, requirement.Mandatory));
}
