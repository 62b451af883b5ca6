using Dapper;
using Delegation.Access.V1;
using Delegation.Contracts.Regulation;
using Delegation.Contracts.Tests.LetterOfEngagement;
using Delegation.Contracts.Tests.Scope;
using Delegation.Contracts.V1;
using Delegation.TestKit;
using Grpc.Core;
using Npgsql;
using State = Delegation.Contracts.V1.Contract.Types.State;

namespace Delegation.Contracts.Tests.Contracting;

/// <summary>Nothing is issued or signed that lacks anything, that is something else than was read, or out of turn; and what is refused writes nothing.</summary>
public sealed class Refused_contracts(ContractsHost host) : IClassFixture<ContractsHost>, IDisposable
{
    public void Dispose() => host.Logs.AssertNoErrors();

    [PostgresFact]
    public async Task A_text_that_is_not_complete_is_refused_with_all_that_is_missing()
    {
        var conclusion = await Conclusion.OpenAsync(host, complete: false);
        var draft = await conclusion.Texts().CreateContractAsync(
            new CreateContractRequest
            {
                DelegationId = conclusion.Delegation.Id,
                Terms = new ContractTerms { Title = "Contrat", EffectiveDay = "2026-01-01", Duration = Conclusion.Duration() },
                Standard = Conclusion.Standard(open: "court_city"),
            },
            deadline: People.Deadline);
        var open = await conclusion.Texts().OpenNegotiationAsync(new OpenNegotiationRequest { DelegationId = draft.DelegationId, ContractId = draft.Id, Etag = draft.Etag }, deadline: People.Deadline);

        var refusal = await Refusals.ThrownBy(conclusion.Contracts().IssueContractAsync(Conclusion.Issue(open), deadline: People.Deadline));

        Assert.Equal((StatusCode.FailedPrecondition, "CONTRACT_INCOMPLETE"), (refusal.StatusCode, refusal.Reason()));
        var missing = refusal.Conditions().Select(condition => (condition.Type, condition.Subject)).ToArray();
        Assert.Contains(("PARAMETER_MISSING", "FIN-9.court_city"), missing);
        Assert.Contains(("REVIEW_OPEN", "AUD-1"), missing);
        Assert.Contains(("SCOPE_NOT_VALIDATED", "scope"), missing);
        Assert.Equal(4, missing.Count(condition => condition.Type == "ANNEX_NOT_APPROVED"));
        var coverage = await new V1.Regulation.RegulationClient(host.As(conclusion.Agreement.Parties.InsurerSubject)).GetCoverageAsync(
            new GetCoverageRequest { DelegationId = draft.DelegationId, ContractId = draft.Id }, deadline: People.Deadline);
        Assert.NotEmpty(coverage.BlockingRequirementIds);
        Assert.Equal(coverage.BlockingRequirementIds.Order(), missing.Where(condition => condition.Type == "REQUIREMENT_MISSING").Select(condition => condition.Subject).Order());
        Assert.Equal(State.Negotiating, (await conclusion.ReadAsync(open)).State);
    }

    [PostgresFact]
    public async Task The_last_signature_is_refused_with_all_that_is_missing_by_then()
    {
        var conclusion = await Conclusion.OpenAsync(host);
        var issued = await conclusion.IssueAsync(await conclusion.AgreeAsync());
        await conclusion.SignAsync(issued, insurer: true);
        await SqlAsync(
            """
            UPDATE requirement_evidence SET withdraw_time = create_time WHERE delegation_id = @id AND kind = 'due_diligence';
            UPDATE annex SET state = 'expired', approved_version_id = NULL WHERE delegation_id = @id AND kind = 'csr_charter';
            """,
            conclusion);
        await conclusion.Agreement.ValidateAsync(await conclusion.Agreement.ProposeAsync(Lines.Of("PRE", "A/R")));
        var entries = (await host.EntriesOfAsync(conclusion.Agreement.Parties.Insurer.Id)).Count;

        var refusal = await Refusals.ThrownBy(conclusion.Contracts(insurer: false).SignContractAsync(Conclusion.Signature(issued), new Metadata { { "accept-language", "fr" } }, People.Deadline));

        Assert.Equal("CONTRACT_INCOMPLETE", refusal.Reason());
        var missing = refusal.Conditions();
        var proved = RequirementCatalogue.All.Where(requirement => requirement.EvidenceKind == EvidenceKind.DueDiligence && requirement is { Mandatory: true, Due: RequirementDue.Signature }).Select(requirement => requirement.Id);
        Assert.Contains("REQUIREMENT_MISSING", missing.Select(condition => condition.Type));
        Assert.Subset(proved.ToHashSet(), missing.Where(condition => condition.Type == "REQUIREMENT_MISSING").Select(condition => condition.Subject).ToHashSet());
        Assert.Equal(["ANNEX_CHANGED", "ANNEX_NOT_APPROVED", "SCOPE_CHANGED"], missing.Select(condition => condition.Type).Where(type => type != "REQUIREMENT_MISSING").Order());
        Assert.Contains(missing, condition => condition.Description.Contains("charte RSE", StringComparison.Ordinal));
        Assert.Equal(State.PartlySigned, (await conclusion.ReadAsync(issued)).State);
        Assert.Equal(entries, (await host.EntriesOfAsync(conclusion.Agreement.Parties.Insurer.Id)).Count);
        Assert.Equal(TitleBreach.NoTitle, (await conclusion.TitleAsync(LetterCalls.Today)).Breach);
    }

    [PostgresFact]
    public async Task A_signature_over_something_else_or_out_of_turn_is_refused_and_writes_nothing()
    {
        var conclusion = await Conclusion.OpenAsync(host);
        var agreed = await conclusion.AgreeAsync();
        Assert.Equal("CONTRACT_NOT_ISSUED", await ReasonAsync(conclusion.Contracts().SignContractAsync(Conclusion.Signature(agreed), deadline: People.Deadline)));
        Assert.Equal("CONTRACT_NOT_ISSUED", await ReasonAsync(conclusion.DownloadAsync(agreed)));

        var unknown = await Refusals.ThrownBy(conclusion.Contracts().IssueContractAsync(Conclusion.Issue(agreed, (SigningOrder)9), deadline: People.Deadline));
        Assert.Equal(["SIGNING_ORDER_UNKNOWN"], unknown.Violations().Select(violation => violation.Reason));
        var stale = Conclusion.Issue(agreed);
        stale.Etag = "\"stale\"";
        Assert.Equal("ETAG_STALE", await ReasonAsync(conclusion.Contracts().IssueContractAsync(stale, deadline: People.Deadline)));

        var issued = await conclusion.IssueAsync(agreed, SigningOrder.DelegateFirst);
        var before = (await host.EntriesOfAsync(conclusion.Agreement.Parties.Insurer.Id)).Count;
        Assert.Equal([Side.Delegate], issued.Conclusion.AwaitedSides);
        Assert.Equal("SIGNATURE_OUT_OF_ORDER", await ReasonAsync(conclusion.Contracts().SignContractAsync(Conclusion.Signature(issued), deadline: People.Deadline)));
        var other = Conclusion.Signature(issued);
        other.DocumentSha256 = new string('a', 64);
        Assert.Equal("CONTRACT_DOCUMENT_DIFFERS", await ReasonAsync(conclusion.Contracts(insurer: false).SignContractAsync(other, deadline: People.Deadline)));
        other.DocumentSha256 = "abc";
        var malformed = await Refusals.ThrownBy(conclusion.Contracts(insurer: false).SignContractAsync(other, deadline: People.Deadline));
        Assert.Equal([("document_sha256", "DOCUMENT_SHA256_MALFORMED")], malformed.Violations());
        Assert.Equal("CONTRACT_NOT_AGREED", await ReasonAsync(conclusion.Contracts().IssueContractAsync(Conclusion.Issue(issued), deadline: People.Deadline)));
        Assert.Equal("CONTRACT_NOT_SIGNED", await ReasonAsync(conclusion.CertificateAsync(issued)));
        Assert.Equal("CONTRACT_NOT_IN_FORCE", await ReasonAsync(conclusion.Contracts().TerminateContractAsync(Conclusion.End(issued, "2099-12-31"), deadline: People.Deadline)));
        Assert.Equal(before, (await host.EntriesOfAsync(conclusion.Agreement.Parties.Insurer.Id)).Count);
        Assert.Empty((await conclusion.ReadAsync(issued)).Conclusion.Signatures);

        await conclusion.SignAsync(issued, insurer: false);
        Assert.Equal("CONTRACT_ALREADY_SIGNED", await ReasonAsync(conclusion.Contracts(insurer: false).SignContractAsync(Conclusion.Signature(issued), deadline: People.Deadline)));
        await conclusion.SignAsync(issued, insurer: true);
        Assert.Equal("CONTRACT_NOT_ISSUED", await ReasonAsync(conclusion.Contracts().SignContractAsync(Conclusion.Signature(issued), deadline: People.Deadline)));
    }

    [PostgresFact]
    public async Task A_contract_of_others_is_not_there()
    {
        var (conclusion, stranger) = (await Conclusion.OpenAsync(host), await Conclusion.OpenAsync(host, complete: false));
        var issued = await conclusion.IssueAsync(await conclusion.AgreeAsync());
        var foreign = await Refusals.ThrownBy(stranger.Contracts().SignContractAsync(Conclusion.Signature(issued), deadline: People.Deadline));
        var unknown = Conclusion.Signature(issued);
        unknown.DelegationId = Guid.CreateVersion7().ToString();

        Assert.Equal((StatusCode.NotFound, "DELEGATION_NOT_FOUND"), (foreign.StatusCode, foreign.Reason()));
        Assert.Equal(foreign.WithoutTraceId(), (await Refusals.ThrownBy(stranger.Contracts().SignContractAsync(unknown, deadline: People.Deadline))).WithoutTraceId());
        Assert.Equal("DELEGATION_NOT_FOUND", await ReasonAsync(stranger.DownloadAsync(issued)));
    }

    [PostgresFact]
    public async Task Terms_that_make_no_sense_are_refused_field_by_field()
    {
        var conclusion = await Conclusion.OpenAsync(host, complete: false);
        var request = new CreateContractRequest
        {
            DelegationId = conclusion.Delegation.Id,
            Terms = new ContractTerms { Title = "Contrat", EffectiveDay = "2026-01-01", Duration = new ContractDuration { TermMonths = 601, RenewalMonths = -1, RunOffMonths = 121 } },
            Standard = Conclusion.Standard(),
        };

        var refusal = await Refusals.ThrownBy(conclusion.Texts().CreateContractAsync(request, deadline: People.Deadline));

        Assert.Equal(
            [("terms.duration.term_months", "TERM_MONTHS_OUT_OF_RANGE"), ("terms.duration.renewal_months", "RENEWAL_MONTHS_OUT_OF_RANGE"), ("terms.duration.run_off_months", "RUN_OFF_MONTHS_OUT_OF_RANGE")],
            refusal.Violations());
    }

    private static async Task<string?> ReasonAsync<T>(AsyncUnaryCall<T> call) => (await Refusals.ThrownBy(call)).Reason();

    private static async Task<string?> ReasonAsync(Task download) => (await Assert.ThrowsAsync<RpcException>(() => download)).Reason();

    private async Task SqlAsync(string sql, Conclusion conclusion)
    {
        await using var connection = new NpgsqlConnection(host.Database.AdminConnectionString);
        await connection.ExecuteAsync(sql, new { id = Guid.Parse(conclusion.Delegation.Id) });
    }
}
