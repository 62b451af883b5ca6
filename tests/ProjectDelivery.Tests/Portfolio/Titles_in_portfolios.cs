using System.Globalization;
using Delegation.Contracts.V1;
using Delegation.Delivery.V1;
using Delegation.ServiceDefaults.Time;
using Delegation.TestKit;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using static Delegation.ProjectDelivery.Tests.Preparing;
using TitleKind = Delegation.Delivery.V1.TitleKind;

namespace Delegation.ProjectDelivery.Tests.Portfolio;

/// <summary>A portfolio shows the title under which a delegate operates today, as Contracts told of letters of engagement and contracts.</summary>
public sealed class Titles_in_portfolios(DeliveryHost host) : IClassFixture<DeliveryHost>, IDisposable
{
    // Read once: a test that runs past midnight still means the same days, and none of those that it asks about changes sides within one.
    private static readonly DateOnly Today = ParisDays.DayAt(DateTimeOffset.UtcNow);

    private static readonly (TitleKind, string) None = (TitleKind.Unspecified, "");

    public void Dispose() => host.Logs.AssertNoErrors();

    [PostgresFact]
    public async Task A_letter_in_force_shows_with_its_end_day_to_both_sides()
    {
        var two = await host.Scene.DelegationAsync();

        Tell(two, Letter(-10, 20), letter => new LetterEnteredIntoForce { Letter = letter });

        await ShowsAsync(two, (TitleKind.LetterOfEngagement, Day(20)));
        Assert.Equal((TitleKind.LetterOfEngagement, Day(20)), await TitleAsync(host, two, ofInsurer: true));
    }

    [PostgresFact]
    public async Task A_delegation_shows_none_before_the_first_day_of_a_letter_and_none_after_its_last()
    {
        var (early, late) = (await host.Scene.DelegationAsync(), await host.Scene.DelegationAsync());
        var expired = Letter(-30, -1);

        Tell(early, Letter(5, 30), letter => new LetterEnteredIntoForce { Letter = letter });
        Tell(late, expired, letter => new LetterEnteredIntoForce { Letter = letter });
        Tell(late, expired, letter => new LetterExpired { Letter = letter });

        await FollowedAsync();
        Assert.Equal([None, None], [await TitleAsync(host, early), await TitleAsync(host, late)]);
    }

    [PostgresFact]
    public async Task A_letter_that_was_terminated_shows_its_last_day_until_that_is_over()
    {
        var (ending, ended) = (await host.Scene.DelegationAsync(), await host.Scene.DelegationAsync());
        foreach (var (two, last) in new[] { (ending, 5), (ended, -1) })
        {
            var letter = Letter(-10, 20);
            Tell(two, letter, signed => new LetterEnteredIntoForce { Letter = signed });
            letter.LastDay = Day(last);
            Tell(two, letter, terminated => new LetterTerminated { Letter = terminated });
        }

        await FollowedAsync();
        Assert.Equal([(TitleKind.LetterOfEngagement, Day(5)), None], [await TitleAsync(host, ending), await TitleAsync(host, ended)]);
    }

    [PostgresFact]
    public async Task A_letter_that_was_superseded_shows_until_its_successor_takes_effect()
    {
        var (soon, now) = (await host.Scene.DelegationAsync(), await host.Scene.DelegationAsync());
        foreach (var (two, from) in new[] { (soon, 3), (now, 0) })
        {
            var (former, successor) = (Letter(-10, 20), Letter(from, 90));
            Tell(two, former, letter => new LetterEnteredIntoForce { Letter = letter });
            former.SupersededOnDay = Day(from);
            Tell(two, former, letter => new LetterSuperseded { Letter = letter, SuccessorId = successor.Id });
            Tell(two, successor, letter => new LetterEnteredIntoForce { Letter = letter });
        }

        await FollowedAsync();
        Assert.Equal(
            [(TitleKind.LetterOfEngagement, Day(2)), (TitleKind.LetterOfEngagement, Day(90))], [await TitleAsync(host, soon), await TitleAsync(host, now)]);
    }

    [PostgresFact]
    public async Task What_is_drafted_issued_signed_by_one_side_or_withdrawn_gives_no_title()
    {
        var two = await host.Scene.DelegationAsync();
        var letter = Letter(-10, 20);
        letter.InForceTime = null;

        Tell(two, letter, drafted => new LetterDrafted { Letter = drafted });
        Tell(two, letter, issued => new LetterIssued { Letter = issued });
        Tell(two, letter, signed => new LetterSigned { Letter = signed });
        Tell(two, letter, withdrawn => new LetterWithdrawn { Letter = withdrawn });

        await FollowedAsync();
        Assert.Equal(None, await TitleAsync(host, two));
    }

    [PostgresFact]
    public async Task A_contract_takes_the_place_of_the_letter_and_shows_its_end_day_if_it_has_one()
    {
        var (fixedTerm, renewing) = (await host.Scene.DelegationAsync(), await host.Scene.DelegationAsync());
        foreach (var (two, last) in new[] { (fixedTerm, Day(300)), (renewing, "") })
        {
            var (letter, contract) = (Letter(-10, 20), Contract(0, last));
            Tell(two, letter, signed => new LetterEnteredIntoForce { Letter = signed });
            Tell(two, contract, signed => new ContractEnteredIntoForce { Contract = signed });
            letter.SupersededOnDay = Day(0);
            Tell(two, letter, former => new LetterSuperseded { Letter = former, SuccessorId = contract.Id });
        }

        await FollowedAsync();
        Assert.Equal([(TitleKind.Contract, Day(300)), (TitleKind.Contract, "")], [await TitleAsync(host, fixedTerm), await TitleAsync(host, renewing, ofInsurer: true)]);
    }

    [PostgresFact]
    public async Task A_contract_under_notice_shows_until_its_transition_is_over_and_then_its_survival_clause()
    {
        var (ending, runOff, over) = (await host.Scene.DelegationAsync(), await host.Scene.DelegationAsync(), await host.Scene.DelegationAsync());
        foreach (var (two, last, runOffEnd) in new[] { (ending, 5, 90), (runOff, -1, 90), (over, -50, -1) })
        {
            var contract = Contract(-100, "");
            Tell(two, contract, signed => new ContractEnteredIntoForce { Contract = signed });
            (contract.Conclusion.LastDay, contract.Conclusion.TransitionEndDay, contract.Conclusion.RunOffEndDay) = (Day(-60), Day(last), Day(runOffEnd));
            Tell(two, contract, noticed => new ContractTerminationNotified { Contract = noticed });
            Tell(two, contract, ended => new ContractEnded { Contract = ended });
        }

        await FollowedAsync();
        Assert.Equal(
            [(TitleKind.Contract, Day(5)), (TitleKind.SurvivalClause, Day(90)), None],
            [await TitleAsync(host, ending), await TitleAsync(host, runOff), await TitleAsync(host, over)]);
    }

    [PostgresFact]
    public async Task A_contract_that_was_superseded_or_amended_has_no_survival_clause_left_of_what_was_known_before()
    {
        var (superseded, amended) = (await host.Scene.DelegationAsync(), await host.Scene.DelegationAsync());
        foreach (var (two, last) in new[] { (superseded, Day(-1)), (amended, "") })
        {
            var contract = Contract(-100, Day(-1));
            contract.Conclusion.RunOffEndDay = Day(90);
            Tell(two, contract, signed => new ContractEnteredIntoForce { Contract = signed });
            (contract.Conclusion.LastDay, contract.Conclusion.TransitionEndDay, contract.Conclusion.RunOffEndDay) = (last, last, "");
            Tell(two, contract, changed => two == superseded ? new ContractSuperseded { Contract = changed } : new ContractDurationAmended { Contract = changed });
        }

        await FollowedAsync();
        Assert.Equal([None, (TitleKind.Contract, "")], [await TitleAsync(host, superseded), await TitleAsync(host, amended)]);
    }

    [PostgresFact]
    public async Task An_amendment_and_a_contract_that_is_not_signed_by_both_give_no_title()
    {
        var two = await host.Scene.DelegationAsync();
        var amendment = Contract(-10, "");
        amendment.Kind = Contracts.V1.Contract.Types.Kind.Amendment;

        Tell(two, amendment, signed => new ContractEnteredIntoForce { Contract = signed });
        Tell(two, Contract(-10, ""), signed => new ContractSigned { Contract = signed });

        await FollowedAsync();
        Assert.Equal(None, await TitleAsync(host, two));
    }

    [PostgresFact]
    public async Task A_letter_is_over_when_the_platforms_clock_has_passed_its_end_day()
    {
        var own = new DeliveryHost();
        await ((IAsyncLifetime)own).InitializeAsync();
        try
        {
            var two = await own.Scene.DelegationAsync();
            own.Contracts.Tell(two.Parties, new DelegationOpened { Delegation = Known }, "delegation", two.Parties.DelegationId);
            own.Contracts.Tell(two.Parties, new LetterEnteredIntoForce { Letter = Letter(-10, 1) }, "letter", Guid.CreateVersion7());
            await Eventually.Async(async () => await TitleAsync(own, two) == (TitleKind.LetterOfEngagement, Day(1)));

            await own.StopAsync();
            own.Settings["Clock:Offset"] = "3.00:00:00";
            own.Start();

            Assert.Equal(None, await TitleAsync(own, two));
            own.Logs.AssertNoErrors();
        }
        finally
        {
            await ((IAsyncLifetime)own).DisposeAsync();
        }
    }

    private static Contracts.V1.Delegation Known => new()
    {
        Title = "Santé",
        State = Contracts.V1.Delegation.Types.State.Open,
        Insurer = new DelegationParty { LegalName = "Mutuelle A" },
        Delegate = new DelegationParty { LegalName = "Gestion B" },
    };

    private static string Day(int fromToday) => Today.AddDays(fromToday).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static Letter Letter(int first, int last) => new()
    {
        Id = Guid.CreateVersion7().ToString(),
        EffectiveDay = Day(first),
        EndDay = Day(last),
        InForceTime = Timestamp.FromDateTime(DateTime.UtcNow.AddDays(Math.Min(first, 0))),
    };

    private static Contract Contract(int first, string last) => new()
    {
        Id = Guid.CreateVersion7().ToString(),
        Kind = Contracts.V1.Contract.Types.Kind.Contract,
        Terms = new ContractTerms { EffectiveDay = Day(first) },
        Conclusion = new ContractConclusion
        {
            InForceTime = Timestamp.FromDateTime(DateTime.UtcNow.AddDays(Math.Min(first, 0))), LastDay = last, TransitionEndDay = last,
        },
    };

    private void Tell(TwoParties two, Contract contract, Func<Contract, IMessage> happened)
    {
        host.Contracts.Tell(two.Parties, new DelegationOpened { Delegation = Known }, "delegation", two.Parties.DelegationId);
        host.Contracts.Tell(two.Parties, happened(contract.Clone()), "contract", Guid.Parse(contract.Id));
    }

    private void Tell(TwoParties two, Letter letter, Func<Letter, IMessage> happened)
    {
        host.Contracts.Tell(two.Parties, new DelegationOpened { Delegation = Known }, "delegation", two.Parties.DelegationId);
        host.Contracts.Tell(two.Parties, happened(letter.Clone()), "letter", Guid.Parse(letter.Id));
    }

    // The portfolio is told in order: who sees what came last has seen everything before.
    private async Task FollowedAsync()
    {
        var last = await host.Scene.DelegationAsync();
        Tell(last, Letter(-1, 1), letter => new LetterEnteredIntoForce { Letter = letter });
        await ShowsAsync(last, (TitleKind.LetterOfEngagement, Day(1)));
    }

    private Task ShowsAsync(TwoParties two, (TitleKind, string) title) => Eventually.Async(async () => await TitleAsync(host, two) == title);

    private static async Task<(TitleKind Kind, string EndDay)> TitleAsync(DeliveryHost host, TwoParties two, bool ofInsurer = false)
    {
        var portfolio = new Delivery.V1.Portfolio.PortfolioClient(host.Scene.As(ofInsurer ? two.Insurer : two.Delegate));
        var entry = (await portfolio.ListPortfolioAsync(new ListPortfolioRequest(), deadline: Deadline)).Entries.SingleOrDefault();
        return (entry?.TitleKind ?? TitleKind.Unspecified, entry?.TitleEndDay ?? "");
    }
}
