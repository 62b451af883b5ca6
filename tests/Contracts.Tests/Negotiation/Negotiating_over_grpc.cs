using Delegation.Access.V1;
using Delegation.Contracts.V1;
using Delegation.TestKit;
using Grpc.Core;
using RequestState = Delegation.Contracts.V1.ChangeRequest.Types.State;
using ReviewState = Delegation.Contracts.V1.ClauseReview.Types.State;
using State = Delegation.Contracts.V1.Contract.Types.State;

namespace Delegation.Contracts.Tests.Negotiation;

public sealed class Negotiating_over_grpc(ContractsHost host) : IClassFixture<ContractsHost>, IDisposable
{
    public void Dispose() => host.Logs.AssertNoErrors();

    [PostgresFact]
    public async Task A_draft_of_the_standard_contract_has_its_clauses_with_the_values_of_the_parties()
    {
        var two = await TwoSides.OpenAsync(host);
        var library = await new V1.Clauses.ClausesClient(host.As(two.Subject(true))).ListClausesAsync(new ListClausesRequest(), deadline: TwoSides.Deadline);
        var parameter = library.Parameters.First(parameter => library.Clauses.Any(clause => clause.Place > 0 && clause.Wording.Contains($"{{{{{parameter.Name}}}}}", StringComparison.Ordinal)));
        var draft = Texts.Draft(two.Delegation.Id);
        draft.Clauses.Clear();
        draft.Standard = new StandardContract { Values = { new ParameterValue { Name = parameter.Name, Value = "valeur convenue" } } };

        var contract = await two.Texts(true).CreateContractAsync(draft, deadline: TwoSides.Deadline);

        var clauses = (await two.Texts(false).ListContractClausesAsync(
            new ListContractClausesRequest { DelegationId = two.Delegation.Id, ContractId = contract.Id }, deadline: TwoSides.Deadline)).Clauses;
        var standard = library.Clauses.Where(clause => clause.Place > 0).ToArray();
        Assert.Equal(standard.Select(clause => (clause.Code, clause.Place, clause.Title)), clauses.Select(clause => (clause.Code, clause.Place, clause.Title)));
        Assert.Equal(standard.SelectMany(clause => clause.RequirementIds), clauses.SelectMany(clause => clause.RequirementIds));
        Assert.All(clauses, clause => Assert.Equal(library.LibraryVersion, clause.LibraryVersion));
        Assert.Contains(clauses, clause => clause.Wording.Contains("valeur convenue", StringComparison.Ordinal));
        Assert.Equal((State.Draft, Side.Insurer), (contract.State, contract.DraftedBy));
    }

    [PostgresFact]
    public async Task A_draft_is_changed_by_the_side_that_prepares_it_alone_and_reviewed_by_nobody()
    {
        var two = await TwoSides.OpenAsync(host);
        var contract = await two.Texts(true).CreateContractAsync(Texts.Draft(two.Delegation.Id), deadline: TwoSides.Deadline);
        var open = new OpenNegotiationRequest { DelegationId = two.Delegation.Id, ContractId = contract.Id, Etag = contract.Etag };

        Assert.Equal("DRAFT_OF_THE_OTHER_SIDE", (await Refusals.ThrownBy(two.Texts(false).OpenNegotiationAsync(open, deadline: TwoSides.Deadline))).Reason());
        Assert.Equal("CONTRACT_OPEN", (await Refusals.ThrownBy(two.Texts(false).CreateContractAsync(Texts.Draft(two.Delegation.Id), deadline: TwoSides.Deadline))).Reason());

        var clause = (await two.Texts(true).ListContractClausesAsync(
            new ListContractClausesRequest { DelegationId = two.Delegation.Id, ContractId = contract.Id }, deadline: TwoSides.Deadline)).Clauses[0];
        var approval = new ApproveClauseRequest
        {
            DelegationId = two.Delegation.Id, ContractId = contract.Id, ClauseId = clause.Id, Department = ReviewDepartment.Legal, Etag = clause.Etag,
        };
        Assert.Equal("CONTRACT_NOT_UNDER_REVIEW", (await Refusals.ThrownBy(two.Reviews(true).ApproveClauseAsync(approval, deadline: TwoSides.Deadline))).Reason());
    }

    [PostgresFact]
    public async Task The_contract_is_agreed_with_the_last_approval_of_the_second_side_and_not_before()
    {
        var two = await TwoSides.NegotiateAsync(host);

        await two.ApproveAllAsync(insurer: true);
        Assert.Equal(State.Negotiating, (await two.ReadAsync()).State);
        await two.ApproveAllAsync(insurer: false);

        var agreed = await two.ReadAsync();
        Assert.Equal(State.Agreed, agreed.State);
        Assert.NotNull(agreed.AgreeTime);
        Assert.Equal(
            [("contract.issue", Side.Insurer), ("contract.issue", Side.Delegate)],
            (await host.OpenWorkAsync(two.Parties.Insurer.Id)).Where(item => item.Kind.StartsWith("contract.", StringComparison.Ordinal)));
        Assert.Equal((16, 16), ((await two.ForecastAsync()).ApprovedReviews, (await two.ForecastAsync()).Reviews));
    }

    [PostgresFact]
    public async Task Another_wording_takes_every_approval_of_that_clause_back_and_of_no_other()
    {
        var two = await TwoSides.NegotiateAsync(host);
        await two.ApproveAllAsync(insurer: true);
        await two.ApproveAllAsync(insurer: false);
        var clauses = await two.ClausesAsync();

        var changed = await two.RewordAsync(clauses[0], insurer: false, "Autre rédaction.");

        Assert.NotEqual(clauses[0].Etag, changed.Etag);
        Assert.Equal(State.Negotiating, (await two.ReadAsync()).State);
        var reviews = await two.ReviewsAsync();
        Assert.All(reviews.Where(review => review.ClauseId == changed.Id), review => Assert.Equal(ReviewState.InProgress, review.State));
        Assert.All(reviews.Where(review => review.ClauseId != changed.Id), review => Assert.Equal(ReviewState.Approved, review.State));
        Assert.Equal(8, (await host.OpenWorkAsync(two.Parties.Insurer.Id)).Count(item => item.Kind.StartsWith("contract.review.", StringComparison.Ordinal)));
    }

    [PostgresFact]
    public async Task An_approval_holds_for_the_wording_that_was_read()
    {
        var two = await TwoSides.NegotiateAsync(host);
        var read = (await two.ClausesAsync())[0];
        await two.RewordAsync(read, insurer: true, "Autre rédaction.");

        var refusal = await Refusals.ThrownBy(two.Reviews(false).ApproveClauseAsync(two.Approval(read, ReviewDepartment.Legal), deadline: TwoSides.Deadline));

        Assert.Equal((StatusCode.Aborted, "ETAG_STALE"), (refusal.StatusCode, refusal.Reason()));
    }

    [PostgresFact]
    public async Task What_others_say_of_a_clause_leaves_its_etag_as_it_was()
    {
        var two = await TwoSides.NegotiateAsync(host);
        var clause = (await two.ClausesAsync())[0];
        await two.ApproveAsync(clause, insurer: true, ReviewDepartment.Legal);
        await two.AskAsync(clause, insurer: false);
        await two.CommentAsync(clause, insurer: false, "Note", isPrivate: true);

        Assert.Equal(clause.Etag, (await two.ClausesAsync())[0].Etag);
        Assert.Equal(two.Contract.Etag, (await two.ReadAsync()).Etag);
    }

    [PostgresTheory]
    [InlineData("", "COMMENT_REQUIRED")]
    [InlineData("   ", "COMMENT_REQUIRED")]
    public async Task Refusing_without_a_comment_is_refused(string comment, string reason)
    {
        var two = await TwoSides.NegotiateAsync(host);
        var request = Texts.Change(two.Contract, (await two.ClausesAsync())[0]);
        request.Comment = comment;
        var before = await host.RowsAsync();

        var refusal = await Refusals.ThrownBy(two.Reviews(false).RequestChangeAsync(request, deadline: TwoSides.Deadline));

        Assert.Equal(("comment", reason), (refusal.Violations().Single().Field, refusal.Violations().Single().Reason));
        Assert.Equal(before, await host.RowsAsync());

        request.Comment = "Le délai est trop court.";
        var asked = await two.Reviews(false).RequestChangeAsync(request, deadline: TwoSides.Deadline);
        var declined = await Refusals.ThrownBy(two.Reviews(true).AnswerChangeRequestAsync(two.Answer(asked, accepted: false, comment), deadline: TwoSides.Deadline));
        Assert.Equal("ANSWER_REQUIRED", declined.Violations().Single().Reason);
    }

    [PostgresFact]
    public async Task The_pen_goes_to_the_other_side_with_a_request_and_comes_back_when_it_is_declined()
    {
        var two = await TwoSides.NegotiateAsync(host);
        var clause = (await two.ClausesAsync())[0];
        var (insurerLegal, delegateLegal) = (("contract.review.legal", Side.Insurer), ("contract.review.legal", Side.Delegate));
        foreach (var other in (await two.ClausesAsync()).Skip(1))
        {
            await two.ApproveAsync(other, insurer: true, ReviewDepartment.Legal);
            await two.ApproveAsync(other, insurer: false, ReviewDepartment.Legal);
        }

        await two.ApproveAsync(clause, insurer: true, ReviewDepartment.Legal);
        var asked = await two.AskAsync(clause, insurer: false);
        var review = (await two.ReviewsAsync()).Single(Asked);
        Assert.Equal((ReviewState.ChangeRequested, Side.Insurer, asked.CreateTime), (review.State, review.PenSide, review.Since));
        var work = await host.OpenWorkAsync(two.Parties.Insurer.Id);
        Assert.Contains(insurerLegal, work);
        Assert.DoesNotContain(delegateLegal, work);

        var declined = await two.Reviews(true).AnswerChangeRequestAsync(two.Answer(asked, accepted: false, "Le délai est d'usage."), deadline: TwoSides.Deadline);

        Assert.Equal((RequestState.Declined, "Le délai est d'usage."), (declined.State, declined.Answer));
        review = (await two.ReviewsAsync()).Single(Asked);
        Assert.Equal((ReviewState.InProgress, Side.Delegate, declined.EndTime), (review.State, review.PenSide, review.Since));
        work = await host.OpenWorkAsync(two.Parties.Insurer.Id);
        Assert.DoesNotContain(insurerLegal, work);
        Assert.Contains(delegateLegal, work);

        bool Asked(ClauseReview review) => (review.ClauseId, review.Side, review.Department) == (clause.Id, Side.Delegate, ReviewDepartment.Legal);
    }

    [PostgresFact]
    public async Task An_accepted_request_becomes_the_wording_and_overtakes_the_others()
    {
        var two = await TwoSides.NegotiateAsync(host);
        var clause = (await two.ClausesAsync())[0];
        await two.ApproveAsync(clause, insurer: true, ReviewDepartment.Compliance);
        var overtaken = await two.AskAsync(clause, insurer: true, ReviewDepartment.Purchasing, "Autre chose.");
        var asked = await two.AskAsync(clause, insurer: false);

        Assert.Equal("CHANGE_REQUEST_OF_YOUR_SIDE", (await Refusals.ThrownBy(
            two.Reviews(false).AnswerChangeRequestAsync(two.Answer(asked, accepted: true), deadline: TwoSides.Deadline))).Reason());
        await two.Reviews(true).AnswerChangeRequestAsync(two.Answer(asked, accepted: true), deadline: TwoSides.Deadline);

        Assert.Equal(asked.Wording, (await two.ClausesAsync())[0].Wording);
        Assert.All((await two.ReviewsAsync()).Where(review => review.ClauseId == clause.Id), review => Assert.Equal(ReviewState.InProgress, review.State));
        var requests = (await two.Reviews(false).ListChangeRequestsAsync(
            new ListChangeRequestsRequest { DelegationId = two.Delegation.Id, ContractId = two.Contract.Id }, deadline: TwoSides.Deadline)).ChangeRequests;
        Assert.Equal(
            [(asked.Id, RequestState.Accepted), (overtaken.Id, RequestState.Overtaken)], requests.Select(request => (request.Id, request.State)));
        Assert.Equal("CHANGE_REQUEST_ENDED", (await Refusals.ThrownBy(
            two.Reviews(false).AnswerChangeRequestAsync(two.Answer(overtaken, accepted: true), deadline: TwoSides.Deadline))).Reason());
    }

    [PostgresFact]
    public async Task Nothing_two_sided_takes_effect_by_one_side()
    {
        var two = await TwoSides.NegotiateAsync(host);
        await two.ApproveAllAsync(insurer: true);
        await two.ApproveAllAsync(insurer: false);
        var agreed = await two.ReadAsync();
        var clauses = await two.ClausesAsync();

        // Other terms: proposed, and holding only once the other side accepted them.
        var proposed = await two.Texts(true).UpdateContractAsync(
            new UpdateContractRequest
            {
                DelegationId = two.Delegation.Id, ContractId = agreed.Id, Terms = new ContractTerms { EffectiveDay = "2026-07-01" }, Etag = agreed.Etag,
            },
            deadline: TwoSides.Deadline);
        Assert.Equal((State.Negotiating, "2026-01-01", "2026-07-01"), (proposed.State, proposed.Terms.EffectiveDay, proposed.ProposedTerms.EffectiveDay));
        var answer = new AnswerContractTermsRequest { DelegationId = two.Delegation.Id, ContractId = agreed.Id, Accepted = true, Etag = proposed.Etag };
        Assert.Equal("TERMS_OF_YOUR_SIDE", (await Refusals.ThrownBy(two.Texts(true).AnswerContractTermsAsync(answer, deadline: TwoSides.Deadline))).Reason());
        Assert.Contains(("contract.answer_terms", Side.Delegate), await host.OpenWorkAsync(two.Parties.Insurer.Id));
        var accepted = await two.Texts(false).AnswerContractTermsAsync(answer, deadline: TwoSides.Deadline);
        Assert.Equal((State.Agreed, "2026-07-01", null), (accepted.State, accepted.Terms.EffectiveDay, accepted.ProposedTerms));

        // A removed clause and a new one: under review by both sides.
        var removed = await two.Texts(false).RemoveContractClauseAsync(
            new RemoveContractClauseRequest { DelegationId = two.Delegation.Id, ContractId = agreed.Id, ClauseId = clauses[0].Id, Etag = clauses[0].Etag },
            deadline: TwoSides.Deadline);
        Assert.True(removed.Removed);
        await two.ApproveClauseBySideAsync(removed, insurer: false);
        Assert.Equal(State.Negotiating, (await two.ReadAsync()).State);
        await two.ApproveClauseBySideAsync(removed, insurer: true);
        Assert.Equal(State.Agreed, (await two.ReadAsync()).State);

        var added = await two.Texts(true).AddContractClauseAsync(
            new AddContractClauseRequest { DelegationId = two.Delegation.Id, ContractId = agreed.Id, Clause = Texts.Clause("NEW-1"), AfterClauseId = clauses[0].Id },
            deadline: TwoSides.Deadline);
        Assert.Equal(["OBJ-1", "NEW-1", "AUD-1"], (await two.ClausesAsync()).Select(clause => clause.Code));
        await two.ApproveClauseBySideAsync(added, insurer: true);
        Assert.Equal(State.Negotiating, (await two.ReadAsync()).State);
        await two.ApproveClauseBySideAsync(added, insurer: false);
        Assert.Equal(State.Agreed, (await two.ReadAsync()).State);
    }

    [PostgresFact]
    public async Task Of_many_who_change_one_clause_at_once_one_does()
    {
        var two = await TwoSides.NegotiateAsync(host);
        var clause = (await two.ClausesAsync())[0];

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(async index =>
        {
            try
            {
                return (await two.RewordAsync(clause, index % 2 == 0, $"Rédaction {index}.")).Wording;
            }
            catch (RpcException refusal)
            {
                return refusal.Reason();
            }
        }));

        Assert.Equal(7, outcomes.Count(outcome => outcome == "ETAG_STALE"));
        Assert.Equal((await two.ClausesAsync())[0].Wording, outcomes.Single(outcome => outcome != "ETAG_STALE"));
    }

    [PostgresFact]
    public async Task All_departments_may_approve_one_clause_at_once()
    {
        var two = await TwoSides.NegotiateAsync(host, "OBJ-1");
        var clause = (await two.ClausesAsync())[0];

        await Task.WhenAll(TwoSides.Departments.SelectMany(department => new[] { true, false }.Select(insurer => two.ApproveAsync(clause, insurer, department))));

        Assert.Equal(State.Agreed, (await two.ReadAsync()).State);
    }

    [PostgresFact]
    public async Task A_department_is_spoken_for_by_its_own_people()
    {
        var two = await TwoSides.NegotiateAsync(host);
        var clause = (await two.ClausesAsync())[0];
        var buyer = People.Somebody();
        await host.JoinAsync(two.Parties.Insurer, buyer, Role.Purchasing);
        var reviews = new V1.Reviews.ReviewsClient(host.As(buyer));

        Assert.Equal("NOT_OF_THIS_DEPARTMENT", (await Refusals.ThrownBy(
            reviews.ApproveClauseAsync(two.Approval(clause, ReviewDepartment.Legal), deadline: TwoSides.Deadline))).Reason());
        var review = await reviews.ApproveClauseAsync(two.Approval(clause, ReviewDepartment.Purchasing), deadline: TwoSides.Deadline);
        Assert.Equal((Side.Insurer, ReviewDepartment.Purchasing, ReviewState.Approved), (review.Side, review.Department, review.State));
    }

    [PostgresFact]
    public async Task An_amendment_changes_a_contract_whose_text_is_agreed()
    {
        var two = await TwoSides.NegotiateAsync(host);
        var draft = Texts.Draft(two.Delegation.Id, "AMD-1");
        draft.AmendsContractId = two.Contract.Id;
        Assert.Equal("AMENDED_CONTRACT_NOT_AGREED", (await Refusals.ThrownBy(two.Texts(false).CreateContractAsync(draft, deadline: TwoSides.Deadline))).Reason());

        await two.ApproveAllAsync(insurer: true);
        await two.ApproveAllAsync(insurer: false);
        var amendment = await two.Texts(false).CreateContractAsync(draft, deadline: TwoSides.Deadline);

        Assert.Equal((Contract.Types.Kind.Amendment, two.Contract.Id, 2), (amendment.Kind, amendment.AmendsContractId, amendment.Number));
    }

    [PostgresFact]
    public async Task What_is_wrong_with_a_draft_is_said_at_once_field_by_field()
    {
        var two = await TwoSides.OpenAsync(host);
        var draft = Texts.Draft(two.Delegation.Id, "OBJ-1", "OBJ-1", "aud 1");
        draft.Terms = new ContractTerms { EffectiveDay = "1er juillet", ReviewDays = 91 };
        draft.Clauses[1].Wording = " ";
        draft.Clauses[2].RequirementIds.Add("art. 30");
        var before = await host.RowsAsync();

        var refusal = await Refusals.ThrownBy(two.Texts(true).CreateContractAsync(draft, deadline: TwoSides.Deadline));

        Assert.Equal(
            [
                "terms.title TITLE_REQUIRED", "terms.effective_day EFFECTIVE_DAY_MALFORMED", "terms.review_days REVIEW_DAYS_OUT_OF_RANGE",
                "clauses[1].code CODE_REPEATED", "clauses[1].wording WORDING_REQUIRED", "clauses[2].code CODE_MALFORMED",
                "clauses[2].requirement_ids[1] REQUIREMENT_IDS_MALFORMED",
            ],
            refusal.Violations().Select(violation => $"{violation.Field} {violation.Reason}"));
        Assert.Equal(before, await host.RowsAsync());
    }
}
