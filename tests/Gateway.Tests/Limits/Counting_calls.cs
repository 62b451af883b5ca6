using System.Net;
using Delegation.Gateway.Limits;
using Delegation.ServiceDefaults.Errors;

namespace Delegation.Gateway.Tests.Limits;

public sealed class Counting_calls
{
    private readonly MovableClock _clock = new();
    private readonly CallLimits _limits;

    public Counting_calls() => _limits = new CallLimits(new LimitSettings(TimeSpan.FromSeconds(10), 3, 4, 2, 2), _clock);

    [Fact]
    public void A_person_has_so_many_calls_in_a_window_and_then_as_many_in_the_next()
    {
        _clock.Advance(TimeSpan.FromSeconds(4));
        Assert.Equal<string?>([null, null, null, "RATE_LIMITED"], Calls("one", 4));

        var refusal = Call("one");
        Assert.Equal(TimeSpan.FromSeconds(6), refusal!.RetryAfter);

        _clock.Advance(refusal.RetryAfter!.Value);
        Assert.Equal<string?>([null, null, null, "RATE_LIMITED"], Calls("one", 4));
    }

    [Fact]
    public void Nobody_pays_for_another()
    {
        Calls("one", 5);

        Assert.Null(Call("two"));
    }

    [Fact]
    public void The_people_of_an_organisation_share_its_calls()
    {
        Learn("one", "", "insurer");
        Learn("two", "insurer", "insurer");
        Learn("three", "", "delegate");

        Assert.Equal<string?>([null, null], Calls("one", 2));
        Assert.Equal<string?>([null, null, "RATE_LIMITED"], Calls("two", 3, named: "insurer"));
        Assert.Null(Call("three"));
    }

    [Fact]
    public void Whoever_only_names_an_organisation_uses_up_nothing_of_it()
    {
        Learn("one", "", "insurer");
        Calls("stranger", 3, named: "insurer");
        Calls("stranger two", 3, named: "insurer");

        Assert.Equal<string?>([null, null, null], Calls("one", 3));
    }

    [Fact]
    public void Whoever_was_refused_by_a_service_is_no_longer_counted_for_the_organisation()
    {
        Learn("one", "", "insurer");
        Learn("one", "", null);
        Calls("one", 3);

        Learn("two", "", "insurer");
        Assert.Equal<string?>([null, null, null], Calls("two", 3));
    }

    [Fact]
    public void A_person_has_so_many_calls_open_at_a_time()
    {
        var person = _limits.Of(Person("one"));
        Assert.Null(_limits.Begin(person, ""));
        Assert.Null(_limits.Begin(person, ""));
        Assert.Equal("TOO_MANY_OPEN_CALLS", _limits.Begin(person, "")!.Reason);

        person.Close();

        Assert.Null(_limits.Begin(person, ""));
    }

    [Fact]
    public void A_call_that_was_refused_is_not_open()
    {
        Calls("one", 20);
        _clock.Advance(TimeSpan.FromSeconds(10));

        Assert.Null(Call("one"));
    }

    [Fact]
    public void Strangers_are_counted_by_their_address_and_those_of_version_6_by_their_network()
    {
        Assert.Equal<string?>([null, null, "RATE_LIMITED"], Strangers("2001:db8:1:2::1", "2001:db8:1:2::2", "2001:db8:1:2:ffff::3"));
        Assert.Equal<string?>([null, null, "RATE_LIMITED"], Strangers("192.0.2.1", "::ffff:192.0.2.1", "192.0.2.1"));
        Assert.Equal<string?>([null, null], Strangers("2001:db8:1:3::1", "192.0.2.2"));
    }

    [Fact]
    public void What_others_counted_counts_too()
    {
        _limits.Of(Person("one")).TryCount(_limits.Window, 0);
        _limits.Of(Person("one")).Told(_limits.Window, 1, all: 3);

        Assert.Equal<string?>(["RATE_LIMITED"], Calls("one", 1));
    }

    [Fact]
    public void What_others_counted_in_a_window_that_is_over_does_not_count()
    {
        _limits.Of(Person("one")).TryCount(_limits.Window, 0);
        var before = _limits.Window;
        _clock.Advance(TimeSpan.FromSeconds(10));
        Call("one");
        _limits.Of(Person("one")).Told(before, 1, all: 300);

        Assert.Null(Call("one"));
    }

    [Fact]
    public void Whoever_does_not_call_any_more_is_forgotten_unless_a_call_of_theirs_is_open()
    {
        Call("one");
        _limits.Begin(_limits.Of(Person("open")), "");
        Assert.Equal(2, _limits.Counts.Count());

        _clock.Advance(TimeSpan.FromSeconds(20));
        Call("another");

        Assert.Equal<Subject>([Person("another"), Person("open")], _limits.Counts.Select(count => count.Key).OrderBy(who => who.Within));
    }

    private static Subject Person(string name) => new("person", "https://issuer.example", name);

    private void Learn(string person, string named, string? organization) => _limits.Of(Person(person)).ActsFor.Learn(named, organization);

    private Refusal? Call(string person, string named = "")
    {
        var count = _limits.Of(Person(person));
        var refusal = _limits.Begin(count, named);
        if (refusal is null)
            count.Close();

        return refusal;
    }

    private IReadOnlyList<string?> Calls(string person, int calls, string named = "") => [.. Enumerable.Range(0, calls).Select(_ => Call(person, named)?.Reason)];

    private IReadOnlyList<string?> Strangers(params string[] addresses) => [.. addresses.Select(address => _limits.OfStranger(Subject.Address(IPAddress.Parse(address)))?.Reason)];
}
