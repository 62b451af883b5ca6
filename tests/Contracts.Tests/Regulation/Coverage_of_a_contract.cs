using Delegation.Contracts.Regulation;
using Delegation.Contracts.V1;
using Delegation.TestKit;
using Grpc.Core;
using Status = Delegation.Contracts.V1.RequirementCoverage.Types.Status;

namespace Delegation.Contracts.Tests.Regulation;

public sealed class Coverage_of_a_contract(ContractsHost host) : IClassFixture<ContractsHost>, IDisposable
{
    private static DateTime Deadline => People.Deadline;

    public void Dispose() => host.Logs.AssertNoErrors();

    [PostgresFact]
    public async Task The_standard_contract_lacks_evidence_alone_and_evidence_completes_it()
    {
        var checklist = await ComplianceFile.OpenAsync(host);
        var contract = await checklist.ContractAsync();

        var without = await checklist.CoverageAsync(contract);
        var lacking = without.Requirements.Missing();
        Assert.All(lacking, id => Assert.False(CoverageRule.TakesClauses(RequirementCatalogue.Find(id)!)));
        Assert.Contains("SII-274-3-D", without.BlockingRequirementIds);
        Assert.DoesNotContain("CA-L354-3-NOTIFICATION", without.BlockingRequirementIds);

        await checklist.OfInsurer.AnswerQuestionnaireAsync(
            checklist.Answers(new RegulatoryAnswers(), (await checklist.RegimesAsync()).Etag), deadline: Deadline);
        foreach (var kind in lacking.Select(id => RequirementCatalogue.Find(id)!).Where(CoverageRule.TakesEvidence).GroupBy(requirement => requirement.EvidenceKind))
        {
            var proof = checklist.Proof(kind: kind.Key);
            proof.RequirementIds.Clear();
            proof.RequirementIds.Add(kind.Select(requirement => requirement.Id));
            await checklist.OfInsurer.RecordEvidenceAsync(proof, deadline: Deadline);
        }

        var complete = await checklist.CoverageAsync(contract);
        Assert.Empty(complete.Requirements.Missing());
        Assert.Empty(complete.BlockingRequirementIds);
        Assert.Equal(without.Requirements.Count, complete.Requirements.Count);
    }

    [PostgresFact]
    public async Task A_clause_that_is_struck_out_satisfies_nothing()
    {
        var checklist = await ComplianceFile.OpenAsync(host);

        var coverage = await checklist.CoverageAsync(await checklist.ContractAsync(clause => clause.Code != "REV-1"));

        Assert.Equal(Status.Missing, coverage.Requirements.Of("SII-274-4-D").Status);
        Assert.Contains("SII-274-4-D", coverage.BlockingRequirementIds);
        Assert.Equal(["AUD-2"], coverage.Requirements.Of("SII-274-4-I").ClauseCodes);
    }

    [PostgresFact]
    public async Task Exceptions_and_evidence_count_on_the_day_that_is_asked_for()
    {
        var checklist = await ComplianceFile.OpenAsync(host);
        var contract = await checklist.ContractAsync(clause => clause.Code != "REV-3");
        await checklist.OfInsurer.WaiveRequirementAsync(
            new() { DelegationId = checklist.DelegationId, RequirementId = "DORA-28-8-TEST", Motive = "Premier test prévu", UntilDay = "2099-06-30" }, deadline: Deadline);
        await checklist.OfInsurer.RecordEvidenceAsync(checklist.Proof(), deadline: Deadline);

        Status Of(ContractCoverage coverage, string id) => coverage.Requirements.Of(id).Status;
        Assert.Equal((Status.Waived, Status.Missing), (Of(await checklist.CoverageAsync(contract, "2099-06-30"), "DORA-28-8-TEST"), Of(await checklist.CoverageAsync(contract, "2099-07-01"), "DORA-28-8-TEST")));
        Assert.Equal((Status.Missing, Status.Satisfied), (Of(await checklist.CoverageAsync(contract, "2026-01-14"), "SII-274-3-A"), Of(await checklist.CoverageAsync(contract, "2026-01-15"), "SII-274-3-A")));
        Assert.DoesNotContain((await checklist.CoverageAsync(contract, "2025-01-16")).Requirements, item => item.Requirement.Id == "DORA-30-1");
    }

    [PostgresFact]
    public async Task The_statements_of_a_call_do_not_grow_with_what_was_recorded()
    {
        var checklist = await ComplianceFile.OpenAsync(host);
        var contract = await checklist.ContractAsync();

        async Task OneOfEachAsync()
        {
            using var statements = new StatementRecorder();
            await checklist.CoverageAsync(contract);
            Assert.All(
                new[] { "delegation_profile", "contract_clause", "regulatory_questionnaire", "insurer_kind", "requirement_evidence", "requirement_exception" },
                table => Assert.Single(statements.Of(host.Database.Name), sql => sql.Contains(table, StringComparison.Ordinal)));
        }

        await OneOfEachAsync();
        for (var i = 0; i < 3; i++)
            await checklist.OfInsurer.RecordEvidenceAsync(checklist.Proof(), deadline: Deadline);
        await checklist.OfInsurer.SetNotApplicableAsync(checklist.NotApplicable(), deadline: Deadline);
        await OneOfEachAsync();
    }

    [PostgresFact]
    public async Task Requirements_are_listed_by_regime_and_day()
    {
        var client = (await ComplianceFile.OpenAsync(host)).OfDelegate;

        Assert.Equal(RequirementCatalogue.All, (await client.ListRequirementsAsync(new(), deadline: Deadline)).Requirements);
        var hds = await client.ListRequirementsAsync(new() { Regimes = { Regime.Hds } }, deadline: Deadline);
        Assert.All(hds.Requirements, requirement => Assert.Equal([Regime.Hds], requirement.Regimes));
        Assert.Empty((await client.ListRequirementsAsync(new() { Regimes = { Regime.Hds }, Day = "2024-11-15" }, deadline: Deadline)).Requirements);
        var bad = await Refusals.ThrownBy(client.ListRequirementsAsync(new() { Regimes = { Regime.Unspecified, (Regime)99 }, Day = "x" }, deadline: Deadline));
        Assert.Equal(["day", "regimes[0]", "regimes[1]"], bad.Violations().Select(violation => violation.Field));
    }

    [PostgresFact]
    public async Task A_contract_of_others_is_as_unknown_as_one_that_does_not_exist()
    {
        var (own, others) = (await ComplianceFile.OpenAsync(host), await ComplianceFile.OpenAsync(host));
        var foreign = await others.ContractAsync();

        async Task<RpcException> RefusedAsync(string contractId) => await Refusals.ThrownBy(own.OfInsurer.GetCoverageAsync(
            new GetCoverageRequest { DelegationId = own.DelegationId, ContractId = contractId }, deadline: Deadline));
        var (notOurs, none) = (await RefusedAsync(foreign), await RefusedAsync(Guid.CreateVersion7().ToString()));

        Assert.Equal((StatusCode.NotFound, "CONTRACT_NOT_FOUND"), (notOurs.StatusCode, notOurs.Reason()));
        Assert.Equal(none.WithoutTraceId(), notOurs.WithoutTraceId());
    }
}
