using Delegation.Contracts.Regulation;
using Delegation.Contracts.V1;
using Google.Protobuf.WellKnownTypes;
using Kind = Delegation.Contracts.V1.RequirementException.Types.Kind;
using Status = Delegation.Contracts.V1.RequirementCoverage.Types.Status;

namespace Delegation.Contracts.Tests.Regulation;

public sealed class Coverage_on_a_day
{
    private const string ByEvidence = "SII-274-3-A";
    private const string ByClause = "SII-274-4-D";
    private const string Binding = "GDPR-28-3-G";

    private static DateOnly Day => Covering.Day;

    [Fact]
    public void Requirements_count_on_their_days_and_with_their_regimes()
    {
        Assert.DoesNotContain(RequirementCatalogue.Of(Covering.AllRegimes, new DateOnly(2025, 1, 16)), requirement => requirement.Id == "DORA-30-3-F");
        Assert.Contains(RequirementCatalogue.Of(Covering.AllRegimes, new DateOnly(2025, 1, 17)), requirement => requirement.Id == "DORA-30-3-F");
        Assert.False(new Requirement { EndDay = "2026-01-31" }.IsInForce(new DateOnly(2026, 2, 1)));
        Assert.True(new Requirement { EndDay = "2026-01-31" }.IsInForce(new DateOnly(2026, 1, 31)));

        var usual = Covering.Of([], regimes: new HashSet<Regime> { Regime.UsualProvisions });
        Assert.All(usual, item => Assert.Equal([Regime.UsualProvisions], item.Requirement.Regimes));
        Assert.DoesNotContain(Covering.Of(regimes: new HashSet<Regime> { Regime.Distribution }), item => item.Requirement.Id == "CM-L116-2");
        Assert.Contains(Covering.Of(regimes: new HashSet<Regime> { Regime.Distribution, Regime.MutualDelegation }), item => item.Requirement.Id == "CM-L116-2");
    }

    [Fact]
    public void Evidence_counts_on_its_days_until_it_is_withdrawn()
    {
        Status With(string start, string end = "", bool withdrawn = false)
        {
            var proof = Covering.Proof(ByEvidence, start, end);
            proof.WithdrawTime = withdrawn ? new Timestamp() : null;
            return Covering.Of(evidence: [proof]).Of(ByEvidence).Status;
        }

        Assert.Equal((Status.Satisfied, Status.Missing), (With("2026-11-22"), With("2026-11-23")));
        Assert.Equal((Status.Satisfied, Status.Missing), (With("2026-01-01", "2026-11-22"), With("2026-01-01", "2026-11-21")));
        Assert.Equal(Status.Missing, With("2026-01-01", withdrawn: true));
    }

    [Fact]
    public void Evidence_proves_what_it_names_and_what_takes_its_kind()
    {
        var other = new Evidence(Covering.Proof(ByEvidence)) { Kind = EvidenceKind.Statutes };
        var unnamed = new Evidence(Covering.Proof(ByEvidence)) { RequirementIds = { } };
        unnamed.RequirementIds.Clear();
        var clauseOnly = new Evidence { RequirementIds = { ByClause }, StartDay = "2026-01-01" };

        Assert.Equal(Status.Missing, Covering.Of(evidence: [other, unnamed]).Of(ByEvidence).Status);
        Assert.Equal(Status.Missing, Covering.Of([], [clauseOnly]).Of(ByClause).Status);
        Assert.Equal(Status.Missing, Covering.Of([new PresentClause("X-1", [ByEvidence])], []).Of(ByEvidence).Status);
    }

    [Fact]
    public void Coverage_says_what_satisfies_and_until_when()
    {
        var proofs = new[] { Covering.Proof(ByEvidence, end: "2027-03-01"), Covering.Proof(ByEvidence, end: "2027-06-30"), Covering.Proof("SII-274-3-B", end: "2027-01-01") };
        var coverage = Covering.Of(evidence: proofs);

        Assert.Equal((2, "2027-06-30"), (coverage.Of(ByEvidence).EvidenceIds.Count, coverage.Of(ByEvidence).SatisfiedUntilDay));
        Assert.Equal((["CNF-4"], ""), (coverage.Of("SII-274-3-B").ClauseCodes, coverage.Of("SII-274-3-B").SatisfiedUntilDay));
        Assert.Equal(["REV-1"], coverage.Of(ByClause).ClauseCodes);
    }

    [Fact]
    public void What_is_not_satisfied_is_not_applicable_or_waived_until_its_day_or_missing()
    {
        Status With(Kind kind, string until = "") =>
            Covering.Of([], exceptions: [new RequirementException { RequirementId = ByClause, Kind = kind, Motive = "x", UntilDay = until }]).Of(ByClause).Status;

        Assert.Equal(Status.NotApplicable, With(Kind.NotApplicable));
        Assert.Equal((Status.Waived, Status.Missing), (With(Kind.Waived, "2026-11-22"), With(Kind.Waived, "2026-11-21")));
        Assert.Equal(Status.Satisfied, Covering.Of(exceptions: [new RequirementException { RequirementId = ByClause, Kind = Kind.NotApplicable }]).Of(ByClause).Status);
    }

    [Fact]
    public void A_binding_requirement_is_satisfied_or_missing_whatever_was_decided_about_it()
    {
        var exception = new RequirementException { RequirementId = Binding, Kind = Kind.NotApplicable, Motive = "x" };
        var item = Covering.Of([], exceptions: [exception]).Of(Binding);

        Assert.Equal((Status.Missing, null), (item.Status, item.Exception));
        Assert.All(RequirementCatalogue.All.Where(requirement => requirement.Regimes.Contains(Regime.GdprProcessing) && requirement.Id != "GDPR-30-1"),
            requirement => Assert.True(requirement.Binding, requirement.Id));
        Assert.True(RequirementCatalogue.Find("CA-L354-3-NOTIFICATION")!.Binding);
    }

    [Fact]
    public void The_answered_questionnaire_is_the_documented_decision_on_criticality()
    {
        Assert.Equal((Status.Satisfied, true), (Covering.Of().Of("EIOPA-60").Status, Covering.Of().Of("EIOPA-60").ByQuestionnaire));
        Assert.Equal(Status.Missing, Covering.Of(answered: false).Of("EIOPA-60").Status);
    }

    [Fact]
    public void Only_what_is_missing_mandatory_and_due_at_signature_blocks_it()
    {
        var nothing = Covering.Of([], [], answered: false, day: Day);

        Assert.True(nothing.Of(ByClause).BlocksSignature);
        Assert.False(nothing.Of("CA-L354-3-NOTIFICATION").BlocksSignature);
        Assert.False(nothing.Of("CSS-L932-49-REPORT").BlocksSignature);
        Assert.False(Covering.Of().Of(ByClause).BlocksSignature);
    }
}
