using Delegation.Access.V1;
using Delegation.Contracts.Contracting;
using Delegation.Contracts.Negotiation;
using Delegation.Contracts.Tests.LetterOfEngagement;
using Delegation.Contracts.V1;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;
using Delegation.TestKit;
using FsCheck;
using FsCheck.Fluent;
using Google.Protobuf;
using Grpc.Core;
using Kind = Delegation.Contracts.V1.Title.Types.Kind;
using State = Delegation.Contracts.V1.Contract.Types.State;

namespace Delegation.Contracts.Tests.Contracting;

public sealed class Ending_by_consent(ContractsHost host) : IClassFixture<ContractsHost>, IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 2, 9, 0, 0, TimeSpan.Zero);

    public void Dispose() => host.Logs.AssertNoErrors();

    [Fact]
    public void Over_any_sequence_the_end_moves_only_to_days_to_which_each_side_has_agreed() => Prop.ForAll(
        (from insurer in Gen.Elements(true, false)
         from month in Gen.Choose(0, 4)
         from transition in Gen.Choose(0, 1)
         from declines in Gen.Frequency((6, Gen.Constant(false)), (1, Gen.Constant(true)))
         select (Insurer: insurer, Month: month, Transition: transition, Declines: declines)).ArrayOf(30).ToArbitrary(),
        acts =>
        {
            var contract = InForce();
            (bool Insurer, string Last, string Transition)? standing = null;
            foreach (var act in acts)
            {
                var (before, days) = (contract.End(), (DayField.Write(new DateOnly(2026, 12, 31).AddMonths(3 * act.Month)), DayField.Write(new DateOnly(2028, 1, 31).AddMonths(act.Transition))));
                contract = Do(contract, act.Insurer, act.Declines, days);
                var agreed = !act.Declines && standing is { } waiting && waiting.Insurer != act.Insurer && (waiting.Last, waiting.Transition) == days;
                if (contract.End() != before && !(agreed && (DayField.Write(contract.End().LastDay), DayField.Write(contract.End().TransitionEnd)) == days))
                    return false;

                standing = contract.ReadProposedTermination() is { } proposed ? (proposed.Side == Side.Insurer, proposed.LastDay, proposed.TransitionEndDay) : null;
                if (!act.Declines && standing is { } stands && stands.Insurer == act.Insurer && agreed)
                    return false;
            }

            return true;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [PostgresFact]
    public async Task The_first_side_proposes_and_with_the_other_ones_consent_the_titles_end()
    {
        var conclusion = await Conclusion.OpenAsync(host);
        var contract = await conclusion.ConcludeAsync(await conclusion.AgreeAsync(effective: LetterCalls.Day(-100)));
        var (last, transition) = (LetterCalls.Day(10), LetterCalls.Day(40));

        var proposed = await conclusion.ConsentAsync(contract, insurer: false, last, transition, "Fin du partenariat.");
        Assert.Equal(("", Side.Delegate, last, transition), (proposed.Conclusion.LastDay, proposed.Conclusion.ProposedTermination.Side, proposed.Conclusion.ProposedTermination.LastDay, proposed.Conclusion.ProposedTermination.TransitionEndDay));
        Assert.Equal(Kind.Contract, (await conclusion.TitleAsync(LetterCalls.Day(400))).Title.Kind);
        Assert.Equal([Side.Insurer], await AskedAsync(conclusion));
        Assert.Equal("CONTRACT_TERMINATION_AWAITED", (await ReasonAsync(conclusion, proposed, insurer: false, last)));
        Assert.Equal("ETAG_STALE", await ReasonAsync(conclusion, contract, insurer: true, last));

        // Nothing given for the transition is what was proposed.
        var ended = await conclusion.ConsentAsync(proposed, insurer: true, last, comment: "D'accord.");
        Assert.Equal((State.InForce, last, transition, null), (ended.State, ended.Conclusion.LastDay, ended.Conclusion.TransitionEndDay, ended.Conclusion.ProposedTermination));
        var notice = Assert.Single(ended.Conclusion.Notices);
        Assert.Equal((TerminationGround.ByConsent, Side.Delegate, "Fin du partenariat.\n\nD'accord."), (notice.Ground, notice.Side, notice.Comment));
        Assert.NotEqual(notice.PersonId, notice.ConsentingPersonId);
        Assert.Equal((Kind.Contract, contract.Id), await KindAsync(conclusion, transition));
        Assert.Equal((Kind.Survival, contract.Id), await KindAsync(conclusion, LetterCalls.Day(41)));
        Assert.Equal((Kind.Survival, contract.Id), await KindAsync(conclusion, ended.Conclusion.RunOffEndDay));
        Assert.Empty(await AskedAsync(conclusion));
        var told = (await host.EntriesOfAsync(conclusion.Agreement.Parties.Insurer.Id)).Select(entry => entry.Event).ToArray();
        Assert.Single(told.OfType<ContractTerminationProposed>());
        Assert.Single(told.OfType<ContractTerminationNotified>());
    }

    [PostgresFact]
    public async Task Other_days_are_a_proposal_of_their_own_which_is_declined_with_a_reason_or_taken_back()
    {
        var conclusion = await Conclusion.OpenAsync(host);
        var contract = await conclusion.ConcludeAsync(await conclusion.AgreeAsync(effective: LetterCalls.Day(-100)));
        var proposed = await conclusion.ConsentAsync(contract, insurer: true, LetterCalls.Day(10));
        var countered = await conclusion.ConsentAsync(proposed, insurer: false, LetterCalls.Day(20));
        Assert.Equal((Side.Delegate, LetterCalls.Day(20), ""), (countered.Conclusion.ProposedTermination.Side, countered.Conclusion.ProposedTermination.LastDay, countered.Conclusion.LastDay));
        Assert.Equal([Side.Insurer], await AskedAsync(conclusion));

        var silent = await Refusals.ThrownBy(conclusion.Contracts().DeclineTerminationAsync(Conclusion.Decline(countered), deadline: People.Deadline));
        Assert.Equal([("comment", "COMMENT_REQUIRED")], silent.Violations());
        var declined = await conclusion.Contracts().DeclineTerminationAsync(Conclusion.Decline(countered, "Trop tôt."), deadline: People.Deadline);
        Assert.Null(declined.Conclusion.ProposedTermination);
        Assert.Empty(await AskedAsync(conclusion));
        Assert.Equal("NO_TERMINATION_PROPOSED", (await Refusals.ThrownBy(conclusion.Contracts().DeclineTerminationAsync(Conclusion.Decline(declined), deadline: People.Deadline))).Reason());

        var own = await conclusion.ConsentAsync(declined, insurer: true, LetterCalls.Day(30));
        Assert.Null((await conclusion.Contracts().DeclineTerminationAsync(Conclusion.Decline(own), deadline: People.Deadline)).Conclusion.ProposedTermination);
        Assert.Empty((await conclusion.ReadAsync(contract)).Conclusion.Notices);
    }

    [PostgresFact]
    public async Task No_contract_ends_on_a_day_that_is_over_or_later_than_it_would_nor_by_a_notice_that_says_by_consent()
    {
        var conclusion = await Conclusion.OpenAsync(host);
        var agreed = await conclusion.AgreeAsync(effective: LetterCalls.Day(-100), duration: Conclusion.Duration(term: 12, renewal: 0));
        Assert.Equal("CONTRACT_NOT_IN_FORCE", await ReasonAsync(conclusion, agreed, insurer: true, LetterCalls.Day(10)));
        var contract = await conclusion.ConcludeAsync(agreed);

        Assert.Equal("LAST_DAY_PASSED", await ReasonAsync(conclusion, contract, insurer: true, LetterCalls.Day(-2)));
        Assert.Equal("LAST_DAY_BEFORE_EFFECTIVE_DAY", await ReasonAsync(conclusion, contract, insurer: true, LetterCalls.Day(-101)));
        Assert.Equal("LAST_DAY_NOT_EARLIER", await ReasonAsync(conclusion, contract, insurer: true, LetterCalls.Day(400)));
        var invalid = await Assert.ThrowsAsync<RpcException>(() => conclusion.ConsentAsync(contract, insurer: true, LetterCalls.Day(20), LetterCalls.Day(19), new string('a', 4001)));
        Assert.Equal([("comment", "COMMENT_TOO_LONG"), ("transition_end_day", "TRANSITION_END_DAY_TOO_EARLY")], invalid.Violations());
        var far = await Assert.ThrowsAsync<RpcException>(() => conclusion.ConsentAsync(contract, insurer: true, LetterCalls.Day(20), LetterCalls.Day(2000)));
        Assert.Equal([("transition_end_day", "TRANSITION_END_DAY_TOO_LATE")], far.Violations());
        var notice = await Refusals.ThrownBy(conclusion.Contracts().TerminateContractAsync(Conclusion.End(contract, LetterCalls.Day(20), TerminationGround.ByConsent), deadline: People.Deadline));
        Assert.Equal([("ground", "GROUND_TAKES_BOTH_SIDES")], notice.Violations());
        Assert.Equal(contract.Etag, (await conclusion.ReadAsync(contract)).Etag);
    }

    [PostgresFact]
    public async Task Of_many_consents_at_once_one_proposes_and_none_ends_what_the_other_side_has_not_read()
    {
        var conclusion = await Conclusion.OpenAsync(host);
        var contract = await conclusion.ConcludeAsync(await conclusion.AgreeAsync(effective: LetterCalls.Day(-100)));

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(async place =>
        {
            try
            {
                return (await conclusion.ConsentAsync(contract, insurer: place % 2 == 0, LetterCalls.Day(10))).Conclusion.LastDay;
            }
            catch (RpcException refused)
            {
                return refused.Reason();
            }
        }));

        Assert.Equal(["", .. Enumerable.Repeat("ETAG_STALE", 7)], answers.Order(StringComparer.Ordinal));
        Assert.Empty((await conclusion.ReadAsync(contract)).Conclusion.Notices);
    }

    private static ContractRow Do(ContractRow contract, bool insurer, bool declines, (string Last, string Transition) days)
    {
        var caller = new Caller(Guid.NewGuid(), Guid.NewGuid(), new HashSet<string>()) { Side = insurer ? Side.Insurer : Side.Delegate };
        var outcome = declines
            ? MutualTermination.Decline(new DeclineTerminationRequest { Comment = "Non.", Etag = contract.Etag }, contract, caller)
            : MutualTermination.Consent(new TerminateByConsentRequest { LastDay = days.Last, TransitionEndDay = days.Transition, Etag = contract.Etag }, contract, caller, Now);
        return outcome is Outcome<ContractRow>.Accepted accepted ? accepted.Value : contract;
    }

    private static ContractRow InForce() => new()
    {
        OwnerId = Guid.NewGuid(), DelegationId = Guid.NewGuid(), DelegateId = Guid.NewGuid(), Id = Guid.NewGuid(), Number = 1, Kind = "contract", State = "in_force", Title = "",
        EffectiveDay = new DateOnly(2026, 1, 1), ReviewDays = 10, DraftedBy = "insurer", CreateTime = default, InForceTime = default(DateTime),
        Duration = JsonFormatter.Default.Format(Conclusion.Duration()), ContentRevision = 1, Revision = 1,
    };

    private static async Task<string> ReasonAsync(Conclusion conclusion, Contract contract, bool insurer, string last) =>
        (await Assert.ThrowsAsync<RpcException>(() => conclusion.ConsentAsync(contract, insurer, last))).Reason();

    private static async Task<(Kind, string)> KindAsync(Conclusion conclusion, string day) => (await conclusion.TitleAsync(day)).Title is { } title ? (title.Kind, title.ObjectId) : default;

    private async Task<Side[]> AskedAsync(Conclusion conclusion) =>
        [.. (await host.OpenWorkAsync(conclusion.Agreement.Parties.Insurer.Id)).Where(work => work.Kind == "contract.terminate").Select(work => work.Side)];
}
