using Delegation.Identity.Keys;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Delegation.Identity.Tests.Keys;

public sealed class KeyRotationTests
{
    private readonly ManualTime _time = new();
    private readonly IssuerOptions _options = new() { TokenLifetime = TimeSpan.FromMinutes(15), KeyLifetime = TimeSpan.FromHours(2) };

    [Fact]
    public void A_key_signs_for_its_lifetime_and_then_the_one_shown_beside_it_takes_over()
    {
        var keys = Keys();
        var first = keys.Current.Key.KeyId;
        var next = Assert.Single(keys.Published, key => key.Key.KeyId != first).Key.KeyId;

        _time.Advance(_options.KeyLifetime - TimeSpan.FromTicks(1));
        Assert.Equal(first, keys.Current.Key.KeyId);

        _time.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(next, keys.Current.Key.KeyId);
    }

    [Fact]
    public void An_old_key_is_withdrawn_only_when_its_last_token_has_ended()
    {
        var keys = Keys();
        var first = keys.Current.Key.KeyId;

        _time.Advance(_options.KeyLifetime + _options.TokenLifetime + TimeSpan.FromMinutes(5));
        Assert.Contains(keys.Published, key => key.Key.KeyId == first);

        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.DoesNotContain(keys.Published, key => key.Key.KeyId == first);
    }

    [Fact]
    public void Whenever_a_token_is_issued_it_can_be_verified_until_its_end_with_a_key_set_of_any_moment_since()
    {
        // Minutes between one look at the clock and the next; RSA keys are slow to make, so few runs of few steps.
        var steps = Gen.Choose(0, 300).ListOf(6).ToArbitrary();
        Prop.ForAll(steps, minutes =>
        {
            var keys = Keys();
            var issued = new List<(DateTimeOffset At, string KeyId)>();
            foreach (var step in minutes)
            {
                _time.Advance(TimeSpan.FromMinutes(step));
                var now = _time.GetUtcNow();
                issued.Add((now, keys.Current.Key.KeyId));
                var published = keys.Published.Select(key => key.Key.KeyId).ToHashSet();
                if (!issued.Where(token => token.At + _options.TokenLifetime >= now).All(token => published.Contains(token.KeyId)))
                    return false;
            }

            return true;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(10));
    }

    [Fact]
    public void Keys_do_not_pile_up_while_nobody_asks()
    {
        var keys = Keys();
        _ = keys.Current;

        _time.Advance(100 * _options.KeyLifetime);

        Assert.Equal(2, keys.Published.Count);
    }

    private SigningKeys Keys() => new(_time, Options.Create(_options), NullLogger<SigningKeys>.Instance);
}
