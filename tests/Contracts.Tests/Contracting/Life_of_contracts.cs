using System.Globalization;
using Delegation.Access.V1;
using Delegation.Contracts.Clauses;
using Delegation.Contracts.Tests.LetterOfEngagement;
using Delegation.Contracts.Tests.Scope;
using Delegation.Contracts.V1;
using Delegation.TestKit;
using Grpc.Core;
using Kind = Delegation.Contracts.V1.Title.Types.Kind;
using Sort = Delegation.Contracts.V1.ContractClause.Types.Sort;
using State = Delegation.Contracts.V1.Contract.Types.State;

namespace Delegation.Contracts.Tests.Contracting;

public sealed class Life_of_contracts(ContractsHost host) : IClassFixture<ContractsHost>, IDisposable
{
    public void Dispose() => host.Logs.AssertNoErrors();

    [PostgresFact]
    public async Task Of_two_signatures_at_once_each_counts_once_and_the_contract_enters_into_force_once()
    {
        var conclusion = await Conclusion.OpenAsync(host);
        var issued = await conclusion.IssueAsync(await conclusion.AgreeAsync());

        var calls = await Task.WhenAll(Enumerable.Range(0, 8).Select(async place =>
        {
            try
            {
                return (await conclusion.SignAsync(issued, insurer: place % 2 == 0)).State.ToString();
            }
            catch (RpcException refused)
            {
                return refused.Reason();
            }
        }));

        Assert.Equal(1, calls.Count(answer => answer == nameof(State.PartlySigned)));
        Assert.Equal(1, calls.Count(answer => answer == nameof(State.InForce)));
        Assert.All(calls.Where(answer => answer is not (nameof(State.PartlySigned) or nameof(State.InForce))), reason => Assert.Contains(reason, new[] { "CONTRACT_ALREADY_SIGNED", "CONTRACT_NOT_ISSUED" }));
        Assert.Equal(2, (await conclusion.ReadAsync(issued)).Conclusion.Signatures.Select(signature => signature.Side).Distinct().Count());
        var events = (await host.EntriesOfAsync(conclusion.Agreement.Parties.Insurer.Id)).Select(entry => entry.Event).ToArray();
        Assert.Single(events.OfType<ContractSigned>());
        var entered = Assert.Single(events.OfType<ContractEnteredIntoForce>());
        Assert.All(entered.Contract.Conclusion.Certificate.Signatures, signature => Assert.Empty(signature.PersonName));
    }

    [PostgresFact]
    public async Task Who_must_sign_has_it_on_the_work_list_and_a_recalled_contract_has_no_signatures()
    {
        var conclusion = await Conclusion.OpenAsync(host);
        var agreed = await conclusion.AgreeAsync();
        var issued = await conclusion.IssueAsync(agreed, SigningOrder.InsurerFirst);
        Assert.Equal([Side.Insurer], await SignersAsync(conclusion));
        await conclusion.SignAsync(issued, insurer: true);
        Assert.Equal([Side.Delegate], await SignersAsync(conclusion));

        var recalled = await conclusion.Contracts(insurer: false).RecallContractAsync(
            new RecallContractRequest { DelegationId = issued.DelegationId, ContractId = issued.Id, Etag = issued.Etag }, deadline: People.Deadline);

        Assert.Equal((State.Agreed, null), (recalled.State, recalled.Conclusion));
        Assert.Empty(await SignersAsync(conclusion));
        var again = await conclusion.IssueAsync(recalled);
        Assert.Empty(again.Conclusion.Signatures);
        Assert.NotEqual(issued.Conclusion.DocumentSha256, again.Conclusion.DocumentSha256);
        Assert.Equal("CONTRACT_DOCUMENT_DIFFERS", (await Refusals.ThrownBy(conclusion.Contracts().SignContractAsync(Conclusion.Signature(issued), deadline: People.Deadline))).Reason());
    }

    [PostgresFact]
    public async Task A_contract_takes_the_place_of_the_letter_also_with_effect_in_the_past()
    {
        var conclusion = await Conclusion.OpenAsync(host);
        var letter = await conclusion.Agreement.ConcludeAsync(effective: LetterCalls.Day(-60), end: LetterCalls.Day(100));
        var known = (await conclusion.TitleAsync(LetterCalls.Day(-10))).KnownTime;

        var contract = await conclusion.ConcludeAsync(await conclusion.AgreeAsync(effective: LetterCalls.Day(-30)));

        Assert.Equal((Letter.Types.State.Superseded, LetterCalls.Day(-30)), (await conclusion.Agreement.ReadAsync(letter) is var read ? read.State : default, read.SupersededOnDay));
        Assert.Equal((Kind.LetterOfEngagement, letter.Id), await KindAsync(conclusion, LetterCalls.Day(-31)));
        Assert.Equal((Kind.Contract, contract.Id), await KindAsync(conclusion, LetterCalls.Day(-30)));
        Assert.Equal((Kind.Contract, contract.Id), await KindAsync(conclusion, LetterCalls.Day(2000)));
        var then = await conclusion.Agreement.Titles().GetTitleAsync(
            new GetTitleRequest { DelegationId = conclusion.Delegation.Id, Day = LetterCalls.Day(-10), KnownTime = known }, deadline: People.Deadline);
        Assert.Equal(letter.Id, then.Title.ObjectId);
    }

    [PostgresFact]
    public async Task Notice_and_transition_stay_under_the_contract_and_then_comes_the_survival_clause()
    {
        var conclusion = await Conclusion.OpenAsync(host);
        var contract = await conclusion.ConcludeAsync(await conclusion.AgreeAsync(effective: LetterCalls.Day(-100), duration: Conclusion.Duration(term: 60)));
        var (soon, inSeven) = (LetterCalls.Day(20), Months(7));

        Assert.Equal("NOTICE_TOO_SHORT", (await Refusals.ThrownBy(conclusion.Contracts().TerminateContractAsync(Conclusion.End(contract, soon), deadline: People.Deadline))).Reason());
        Assert.Equal("NOTICE_TOO_SHORT", (await Refusals.ThrownBy(conclusion.Contracts(insurer: false).TerminateContractAsync(Conclusion.End(contract, inSeven), deadline: People.Deadline))).Reason());
        Assert.Equal("NOT_END_OF_TERM", (await Refusals.ThrownBy(conclusion.Contracts().TerminateContractAsync(Conclusion.End(contract, inSeven, TerminationGround.NonRenewal), deadline: People.Deadline))).Reason());
        var invalid = await Refusals.ThrownBy(conclusion.Contracts().TerminateContractAsync(Conclusion.End(contract, "demain", TerminationGround.ForCause), deadline: People.Deadline));
        Assert.Equal([("last_day", "LAST_DAY_MALFORMED"), ("comment", "COMMENT_REQUIRED")], invalid.Violations());

        var noticed = await conclusion.Contracts().TerminateContractAsync(Conclusion.End(contract, soon, TerminationGround.ForCause, "Manquement grave."), deadline: People.Deadline);

        Assert.Equal((State.InForce, soon, Months(6, -1)), (noticed.State, noticed.Conclusion.LastDay, noticed.Conclusion.TransitionEndDay));
        Assert.Equal((Kind.Contract, contract.Id), await KindAsync(conclusion, noticed.Conclusion.TransitionEndDay));
        Assert.Equal((Kind.Survival, contract.Id), await KindAsync(conclusion, Months(6)));
        Assert.Equal((Kind.Survival, contract.Id), await KindAsync(conclusion, noticed.Conclusion.RunOffEndDay));
        Assert.Equal(TitleBreach.RunOffOver, (await conclusion.TitleAsync(Months(6 + 27, 2))).Breach);
        Assert.Equal("LAST_DAY_NOT_EARLIER", (await Refusals.ThrownBy(conclusion.Contracts().TerminateContractAsync(Conclusion.End(noticed, inSeven), deadline: People.Deadline))).Reason());
        Assert.Equal("ETAG_STALE", (await Refusals.ThrownBy(conclusion.Contracts().TerminateContractAsync(Conclusion.End(contract, soon), deadline: People.Deadline))).Reason());
        Assert.Contains(("contract.term", Side.Delegate), await host.OpenWorkAsync(conclusion.Agreement.Parties.Insurer.Id));
    }

    [PostgresFact]
    public async Task An_amendment_replaces_adds_and_strikes_out_clauses_from_its_day_on()
    {
        var conclusion = await Conclusion.OpenAsync(host);
        var contract = await conclusion.ConcludeAsync(await conclusion.AgreeAsync(effective: LetterCalls.Day(-100)));
        var scope = await conclusion.Agreement.ValidateAsync(await conclusion.Agreement.ProposeAsync(Lines.Of("PRE", "A/R"), Lines.Of("RAT", "A/R")));
        var amendment = await conclusion.ConcludeAsync(await conclusion.AgreeAmendmentAsync(
            contract, LetterCalls.Day(10), Conclusion.Duration(term: 24, renewal: 0),
            Clause("VEI-1", "Veille mensuelle.", "VEI-1"), Clause("OPT-9", "Nouvelle clause.", "RSE-1"), Clause("RSE-1", "L'article est supprimé.", sort: Sort.Repeal)));

        Assert.Equal((State.InForce, scope.Id), (amendment.State, amendment.Conclusion.ScopeVersionId));
        var before = await TextAsync(conclusion, contract, LetterCalls.Day(9));
        var after = await TextAsync(conclusion, contract, LetterCalls.Day(10));
        Assert.Empty(before.AmendmentIds);
        Assert.Equal([amendment.Id], after.AmendmentIds);
        Assert.Equal(before.Clauses.Count, after.Clauses.Count);
        Assert.Equal(("Veille mensuelle.", amendment.Id), Of(after, "VEI-1"));
        Assert.Equal(("Nouvelle clause.", amendment.Id), Of(after, "OPT-9"));
        Assert.Equal(contract.Id, Of(after, "AUD-1").Contract);
        Assert.DoesNotContain(after.Clauses, clause => clause.Code == "RSE-1");
        Assert.Equal(before.Clauses.Select(clause => clause.Code).ToList().IndexOf("VEI-1"), after.Clauses.Select(clause => clause.Code).ToList().IndexOf("VEI-1"));

        var title = (await conclusion.TitleAsync(LetterCalls.Day(10))).Title;
        Assert.Equal((contract.Id, amendment.Id, amendment.Conclusion.DocumentSha256), (title.ObjectId, title.AmendmentId, title.TextSha256));
        Assert.Equal(("", Months(24, -101)), ((await conclusion.TitleAsync(LetterCalls.Day(9))).Title is var was ? was.AmendmentId : "?", (await conclusion.ReadAsync(contract)).Conclusion.LastDay));
        Assert.Equal(TitleBreach.LineToBeDecided, (await LineAsync(conclusion, LetterCalls.Day(9))).Breach);
        Assert.Equal(contract.Id, (await LineAsync(conclusion, LetterCalls.Day(10))).Title.ObjectId);
    }

    [PostgresFact]
    public async Task Contract_and_amendment_together_must_cover_every_requirement()
    {
        var conclusion = await Conclusion.OpenAsync(host);
        var contract = await conclusion.ConcludeAsync(await conclusion.AgreeAsync(effective: LetterCalls.Day(-100)));
        var amendment = await conclusion.AgreeAmendmentAsync(
            contract, LetterCalls.Day(-101), null, Clause("AUD-2", "L'article est supprimé.", sort: Sort.Repeal), Clause("OPT-8", "Néant.", sort: Sort.Repeal));

        var refusal = await Refusals.ThrownBy(conclusion.Contracts().IssueContractAsync(Conclusion.Issue(amendment), deadline: People.Deadline));

        var missing = refusal.Conditions().Select(condition => (condition.Type, condition.Subject)).ToArray();
        Assert.Contains(("REPEAL_OF_NOTHING", "OPT-8"), missing);
        Assert.Contains("AMENDED_OUT_OF_DAYS", missing.Select(condition => condition.Type));
        var struck = (await conclusion.Texts().ListContractClausesAsync(new ListContractClausesRequest { DelegationId = contract.DelegationId, ContractId = contract.Id }, deadline: People.Deadline))
            .Clauses.Single(clause => clause.Code == "AUD-2").RequirementIds;
        var lacking = missing.Where(condition => condition.Type == "REQUIREMENT_MISSING").Select(condition => condition.Subject).ToArray();
        Assert.NotEmpty(lacking);
        Assert.Subset(struck.ToHashSet(), lacking.ToHashSet());

        var coverage = await new V1.Regulation.RegulationClient(host.As(conclusion.Agreement.Parties.DelegateSubject)).GetCoverageAsync(
            new GetCoverageRequest { DelegationId = contract.DelegationId, ContractId = contract.Id }, deadline: People.Deadline);
        Assert.Empty(coverage.BlockingRequirementIds);
        Assert.Equal("AMENDED_IS_AMENDMENT", (await Refusals.ThrownBy(conclusion.Texts().CreateContractAsync(
            new CreateContractRequest
            {
                DelegationId = contract.DelegationId, AmendsContractId = amendment.Id, Terms = new ContractTerms { Title = "A", EffectiveDay = "2026-01-01" }, Clauses = { Clause("X", "Y") },
            },
            deadline: People.Deadline))).Reason());
    }

    [PostgresFact]
    public async Task The_statements_of_a_signature_do_not_grow_with_the_clauses()
    {
        var counts = new List<int>();
        foreach (var more in new[] { 0, 60 })
        {
            var conclusion = await Conclusion.OpenAsync(host);
            var contract = await conclusion.AgreeAsync(new CreateContractRequest
            {
                DelegationId = conclusion.Delegation.Id,
                Terms = new ContractTerms { Title = "Contrat", EffectiveDay = "2026-01-01", Duration = Conclusion.Duration() },
                Clauses = { (await StandardAsync()).Concat(Enumerable.Range(0, more).Select(place => Clause($"PLUS-{place}", "Texte."))) },
            });
            using var statements = new StatementRecorder();
            var issued = await conclusion.IssueAsync(contract);
            await conclusion.SignAsync(issued, insurer: true);
            await conclusion.SignAsync(issued, insurer: false);
            counts.Add(statements.Of(host.Database.Name).Count(sql => sql.Contains("contract", StringComparison.Ordinal) || sql.Contains("file", StringComparison.Ordinal)));
        }

        Assert.Equal(counts[0], counts[1]);
        Assert.InRange(counts[0], 20, 60);
    }

    /// <summary>A clause that satisfies what another one of the standard contract does.</summary>
    private static ContractClause Clause(string code, string wording, string like = "", Sort sort = Sort.Clause) => new()
    {
        Code = code, Title = $"Clause {code}", Wording = wording, Sort = sort, RequirementIds = { ClauseLibrary.Own.Latest.Find(like)?.RequirementIds ?? [] },
    };

    private static string Months(int months, int days = 0) =>
        DateOnly.ParseExact(LetterCalls.Day(0), "yyyy-MM-dd", CultureInfo.InvariantCulture).AddMonths(months).AddDays(days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static (string Wording, string Contract) Of(ConsolidatedContract text, string code) => text.Clauses.Single(clause => clause.Code == code) is var clause ? (clause.Wording, clause.ContractId) : default;

    private static async Task<ConsolidatedContract> TextAsync(Conclusion conclusion, Contract contract, string day) => await conclusion.Contracts(insurer: false).GetConsolidatedContractAsync(
        new GetConsolidatedContractRequest { DelegationId = contract.DelegationId, ContractId = contract.Id, Day = day }, deadline: People.Deadline);

    private static async Task<(Kind, string)> KindAsync(Conclusion conclusion, string day) => (await conclusion.TitleAsync(day)).Title is { } title ? (title.Kind, title.ObjectId) : default;

    private static async Task<TitleAnswer> LineAsync(Conclusion conclusion, string day) => await conclusion.Agreement.Titles().GetTitleAsync(
        new GetTitleRequest { DelegationId = conclusion.Delegation.Id, Day = day, Line = new TitleLine { ActivityCode = "RAT", ProductCode = "BASE", PopulationCode = "CADRES" } }, deadline: People.Deadline);

    private static Task<IEnumerable<ContractClause>> StandardAsync() => Task.FromResult(ClauseLibrary.Own.Latest.Standard.Select(clause => new ContractClause
    {
        Code = clause.Code, Title = clause.Title, Wording = "Texte.", RequirementIds = { clause.RequirementIds },
    }));

    private async Task<IEnumerable<Side>> SignersAsync(Conclusion conclusion) =>
        (await host.OpenWorkAsync(conclusion.Agreement.Parties.Insurer.Id)).Where(work => work.Kind == "contract.sign").Select(work => work.Side);
}
