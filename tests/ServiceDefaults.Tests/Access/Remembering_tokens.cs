using System.Security.Claims;
using Delegation.ServiceDefaults.Access;

namespace Delegation.ServiceDefaults.Tests.Access;

public sealed class Remembering_tokens
{
    private static readonly object Keys = new();

    private readonly StandingClock _clock = new();
    private readonly KnownTokens _known;

    public Remembering_tokens() => _known = new KnownTokens(_clock);

    [Fact]
    public void Ends_with_the_token()
    {
        Remember("one", TimeSpan.FromSeconds(10));

        _clock.Advance(TimeSpan.FromSeconds(9.9));
        Assert.NotNull(_known.Find("one", Keys));

        _clock.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Null(_known.Find("one", Keys));
    }

    [Fact]
    public void Ends_after_some_minutes_however_long_the_token_lives()
    {
        Remember("one", TimeSpan.FromHours(8));

        _clock.Advance(KnownTokens.Longest - TimeSpan.FromSeconds(1));
        Assert.NotNull(_known.Find("one", Keys));

        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(_known.Find("one", Keys));
    }

    [Fact]
    public void Ends_with_the_keys_that_it_was_checked_by()
    {
        Remember("one", TimeSpan.FromMinutes(1));

        Assert.Null(_known.Find("one", new object()));
        Assert.NotNull(_known.Find("one", Keys));
    }

    [Fact]
    public void Is_bounded_and_forgets_the_oldest()
    {
        for (var i = 0; i < 3 * KnownTokens.Enough; i++)
        {
            Remember($"token {i}", TimeSpan.FromMinutes(1));
            Assert.InRange(_known.Count, 1, 2 * KnownTokens.Enough);
        }

        Assert.Null(_known.Find("token 0", Keys));
        for (var i = 2 * KnownTokens.Enough; i < 3 * KnownTokens.Enough; i++)
            Assert.Equal($"token {i}", _known.Find($"token {i}", Keys)!.FindFirst("sub")!.Value);
    }

    private void Remember(string token, TimeSpan life) =>
        _known.Remember(token, Keys, new ClaimsPrincipal(new ClaimsIdentity([new Claim("sub", token)], "test")), _clock.GetUtcNow() + life);

    private sealed class StandingClock : TimeProvider
    {
        private DateTimeOffset _now = new(2026, 3, 14, 9, 0, 0, TimeSpan.Zero);

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override DateTimeOffset GetUtcNow() => _now;

        public override long GetTimestamp() => _now.Ticks;

        public void Advance(TimeSpan by) => _now += by;
    }
}
