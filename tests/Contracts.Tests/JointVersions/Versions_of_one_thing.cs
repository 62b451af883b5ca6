using Delegation.Access.V1;
using Delegation.Contracts.Commitments;
using Delegation.Contracts.Delegations;
using Delegation.Contracts.JointVersions;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Outcomes;
using FsCheck;
using FsCheck.Fluent;
using State = Delegation.Contracts.V1.JointVersion.Types.State;

namespace Delegation.Contracts.Tests.JointVersions;

/// <summary>What both sides validate version by version, without a database.</summary>
public sealed class Versions_of_one_thing
{
    private static readonly DateOnly FirstDay = new(2026, 1, 1);
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 9, 0, 0, TimeSpan.Zero);
    private static readonly SharedDelegation Between = new(Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), "open", "Santé", new(), new(), new());

    /// <summary>Whatever is proposed, validated by one side or both, or withdrawn: no day has two versions, and what one side alone validated holds on none.</summary>
    [Fact]
    public void Versions_cover_each_day_at_most_once_and_hold_by_both_sides_alone() => Prop.ForAll(Histories, steps =>
    {
        var versions = Play(steps);
        return Enumerable.Range(-5, 120).Select(FirstDay.AddDays).All(day =>
        {
            var holding = versions.Where(version => version.Holds(day)).ToArray();
            return holding.Length <= 1 && holding.All(version => version.HasConsentOf(Side.Insurer) && version.HasConsentOf(Side.Delegate));
        });
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_version_holds_until_its_last_day_or_the_day_before_the_next_one()
    {
        var versions = Play([(0, 30, true, true), (10, 0, true, true)]);

        Assert.Equal([1, 1, 2], new[] { 0, 9, 10 }.Select(day => versions.Single(version => version.Holds(FirstDay.AddDays(day))).Number));
        Assert.DoesNotContain(versions, version => version.Holds(FirstDay.AddDays(-1)));

        var ended = Play([(0, 30, true, true)]);
        Assert.True(ended[0].Holds(FirstDay.AddDays(30)));
        Assert.False(ended[0].Holds(FirstDay.AddDays(31)));
    }

    [Fact]
    public void A_consent_is_to_what_was_read_and_a_change_takes_it_back()
    {
        var proposed = Propose(1, 0, null);
        var consented = Accepted(JointMoves.Consent(proposed, As(Side.Insurer), proposed.Etag, [], null, Now));
        var both = Accepted(JointMoves.Consent(consented, As(Side.Delegate), proposed.Etag, [], null, Now));
        Assert.Equal(State.Validated.Stored(), both.State);

        var changed = JointMoves.Change(consented, new JointContent(FirstDay, null, """{"title":"Autre"}"""));
        Assert.False(changed.HasConsentOf(Side.Insurer));
        Assert.IsType<Outcome<JointVersionRow>.Stale>(JointMoves.Consent(changed, As(Side.Delegate), consented.Etag, [], null, Now));
        Assert.IsType<Outcome<JointVersionRow>.Refused>(JointMoves.Consent(consented, As(Side.Insurer), consented.Etag, [], null, Now));
    }

    // Each step: effective day, length (0 for no end), consent of the insurer, consent of the delegate. What is refused is withdrawn.
    private static Arbitrary<(int Day, int Length, bool Insurer, bool Delegate)[]> Histories { get; } = (
        from day in Gen.Choose(0, 60)
        from length in Gen.Choose(0, 40)
        from insurer in Gen.Elements(true, true, true, false)
        from tpa in Gen.Elements(true, true, true, false)
        select (day, length, insurer, tpa)).ArrayOf().ToArbitrary();

    private static List<JointVersionRow> Play(IEnumerable<(int Day, int Length, bool Insurer, bool Delegate)> steps)
    {
        var versions = new List<JointVersionRow>();
        foreach (var (day, length, insurer, tpa) in steps)
        {
            var version = Propose(versions.Count + 1, day, length == 0 ? null : FirstDay.AddDays(day + length));
            var former = versions.SingleOrDefault(other => other.IsIn(State.Validated));
            foreach (var side in new[] { (Side: Side.Insurer, Agrees: insurer), (Side: Side.Delegate, Agrees: tpa) }.Where(entry => entry.Agrees).Select(entry => entry.Side))
                if (JointMoves.Consent(version, As(side), version.Etag, [], former, Now) is Outcome<JointVersionRow>.Accepted accepted)
                    version = accepted.Value;

            if (version.IsIn(State.Validated) && former is not null)
                versions[versions.IndexOf(former)] = JointMoves.Supersede(former, version, Now);

            versions.Add(version.IsIn(State.Validated) ? version : Accepted(JointMoves.Withdraw(version, version.Etag)));
        }

        return versions;
    }

    private static JointVersionRow Propose(int number, int day, DateOnly? lastDay) => JointMoves.Propose(
        CommitmentKinds.Commitment, Between, null, null, number, new JointContent(FirstDay.AddDays(day), lastDay, "{}"), Side.Insurer, Now);

    private static Caller As(Side side) => new(side == Side.Insurer ? Between.InsurerId : Between.DelegateId, Guid.NewGuid(), new HashSet<string>()) { Side = side };

    private static JointVersionRow Accepted(Outcome<JointVersionRow> outcome) => Assert.IsType<Outcome<JointVersionRow>.Accepted>(outcome).Value;
}
