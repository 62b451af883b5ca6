using Delegation.Contracts.Regulation;
using Delegation.Contracts.V1;
using FsCheck;
using FsCheck.Fluent;

namespace Delegation.Contracts.Tests.Regulation;

public sealed class The_standard_contract_covers
{
    private static readonly IReadOnlyList<Requirement> InForce = [.. RequirementCatalogue.Of(Covering.AllRegimes, Covering.Day)];

    [Fact]
    public void Every_requirement_of_a_critical_delegation_under_all_regimes()
    {
        var coverage = Covering.Of();

        Assert.Equal(InForce.Select(requirement => requirement.Id), coverage.Select(item => item.Requirement.Id));
        Assert.Empty(coverage.Missing());
        Assert.All(coverage, item => Assert.Equal(RequirementCoverage.Types.Status.Satisfied, item.Status));
    }

    /// <summary>By its clauses alone all that clauses can satisfy: what is left is for evidence and the questionnaire.</summary>
    [Fact]
    public void All_that_clauses_can_satisfy_by_its_clauses()
    {
        var others = InForce.Where(requirement => !CoverageRule.TakesClauses(requirement)).Select(requirement => requirement.Id).Order(StringComparer.Ordinal);

        Assert.Equal(others, Covering.Of(evidence: [], answered: false).Missing());
    }

    [Fact]
    public void Something_with_every_clause()
    {
        Assert.All(Covering.Standard, clause =>
        {
            var missing = Covering.Of([.. Covering.Standard.Where(other => other.Code != clause.Code)], evidence: []).Missing();
            Assert.Contains(missing, clause.RequirementIds.Contains);
        });
    }

    /// <summary>Whatever set of clauses is removed: exactly those requirements are reported that no remaining clause satisfies.</summary>
    [Fact]
    public void Exactly_what_its_remaining_clauses_satisfy()
    {
        var standard = Covering.Standard;
        var needing = InForce.Where(CoverageRule.TakesClauses).Select(requirement => requirement.Id).ToArray();
        Prop.ForAll(Gen.SubListOf<PresentClause>([.. standard]).ToArbitrary(), removed =>
        {
            var left = standard.Except(removed).ToArray();
            var expected = needing.Where(id => !left.Any(clause => clause.RequirementIds.Contains(id))).Order(StringComparer.Ordinal);

            return expected.SequenceEqual(Covering.Of(left, evidence: []).Missing().Where(needing.Contains));
        }).QuickCheckThrowOnFailure();
    }

    /// <summary>What field facts name one by one as the two clauses to get exactly right.</summary>
    [Theory]
    [InlineData("AUD-1", "SII-274-4-H-INSURER")]
    [InlineData("AUD-2", "SII-274-4-H-SUPERVISOR", "SII-274-4-I", "CA-L354-3-ACCESS-ACPR")]
    [InlineData("AUD-3", "SII-274-4-H-AUDITORS", "CA-L354-3-ACCESS-AUDITORS")]
    [InlineData("AUD-4", "USUAL-AUDIT-CNIL", "GDPR-28-3-H")]
    [InlineData("REV-1", "SII-274-4-D", "SII-274-4-E", "DORA-28-7-A", "DORA-28-7-B", "DORA-28-7-C", "DORA-28-7-D", "USUAL-TERMINATION")]
    [InlineData("REV-4", "DORA-30-3-F")]
    [InlineData("REV-5", "USUAL-RECOVERY-OF-DATA", "DORA-30-2-D")]
    [InlineData("REV-6", "USUAL-END-BENEFITS")]
    [InlineData("REV-7", "USUAL-END-FLOWS")]
    [InlineData("REV-10", "GDPR-28-3-G")]
    public void Audit_and_reversibility_clause_by_clause(string code, params string[] requirementIds)
    {
        var missing = Covering.Of([.. Covering.Standard.Where(clause => clause.Code != code)]).Missing();

        Assert.All(requirementIds, id => Assert.Contains(id, missing));
    }
}
