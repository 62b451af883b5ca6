using Delegation.Persistence.Commands;
using Delegation.ServiceDefaults.Outcomes;
using FsCheck;
using FsCheck.Fluent;

namespace Delegation.Persistence.Tests.Commands;

public sealed class Etags
{
    [Fact]
    public void An_etag_fits_the_revision_of_the_object_that_it_came_with_and_nothing_else() =>
        Prop.ForAll(Gen.Choose(0, 3).Two().Zip(Gen.Choose(1, 4).Two()).ToArbitrary(), chosen =>
        {
            var ((readObject, nowObject), (readRevision, nowRevision)) = chosen;
            var etag = Etag.Of(Id(readObject), readRevision);

            return Etag.Mismatch<int>(etag, Id(nowObject), nowRevision) is null == ((readObject, readRevision) == (nowObject, nowRevision));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_etag_of_an_earlier_revision_is_stale() =>
        Assert.IsType<Outcome<int>.Stale>(Etag.Mismatch<int>(Etag.Of(Id(1), 1), Id(1), 2));

    [Fact]
    public void A_missing_etag_is_refused_with_a_reason() =>
        Assert.Equal("ETAG_REQUIRED", Assert.IsType<Outcome<int>.Refused>(Etag.Mismatch<int>("", Id(1), 1)).Reason);

    /// <summary>RFC 9110 §8.8.3: a strong entity-tag is an opaque string in double quotes.</summary>
    [Fact]
    public void An_etag_is_a_strong_entity_tag_of_http() => Assert.Matches("^\"[A-Za-z0-9_-]{16}\"$", Etag.Of(Id(1), 1));

    private static Guid Id(int number) => new(number, 0, 0, new byte[8]);
}
