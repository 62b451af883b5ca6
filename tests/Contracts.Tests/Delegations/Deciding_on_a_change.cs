using Delegation.Access.V1;
using Delegation.Contracts.Delegations;
using Delegation.Contracts.V1;
using Delegation.Persistence.Commands;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Outcomes;

namespace Delegation.Contracts.Tests.Delegations;

/// <summary>The rules of a change, without a database.</summary>
public sealed class Deciding_on_a_change
{
    private static readonly DateTime Then = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private static readonly DateTimeOffset Now = new(2026, 5, 4, 8, 0, 0, TimeSpan.Zero);

    private static readonly DelegationRow Open = new(
        Guid.CreateVersion7(), DelegationRow.Open, "Santé", Guid.CreateVersion7(), "MGEN", "775685399", Guid.CreateVersion7(), "Gestion Santé", "552100554", "{}", null,
        Then, Then, Revision: 4);

    [Theory]
    [InlineData(Side.Insurer)]
    [InlineData(Side.Delegate)]
    public void A_closed_delegation_stays_as_it_was(Side side) => Assert.Equal("DELEGATION_CLOSED", Reason(Decide(Open with { State = DelegationRow.Closed }, side)));

    [Fact]
    public void An_open_delegation_is_changed_by_its_insurer_alone()
    {
        Assert.Equal("INSURER_REQUIRED", Reason(Decide(Open, Side.Delegate)));

        var changed = Assert.IsType<Outcome<DelegationRow>.Accepted>(Decide(Open, Side.Insurer)).Value;
        Assert.Equal(Open with { Title = "Autre", ReferenceData = changed.ReferenceData, UpdateTime = Now.UtcDateTime, Revision = 5 }, changed);
    }

    [Fact]
    public void A_draft_names_its_counterpart_and_an_open_delegation_does_not()
    {
        var draft = Open with { State = DelegationRow.Draft, DelegateId = null };

        Assert.Equal(["COUNTERPART_REQUIRED"], Reasons(Decide(draft, Side.Insurer)));
        Assert.Equal(["COUNTERPART_FIXED"], Reasons(Decide(Open, Side.Insurer, new Counterpart { LegalName = "Autre", Siren = "180020026" })));
        Assert.Equal(["SIREN_REQUIRED", "COUNTERPART_FIXED"], Reasons(Decide(Open, Side.Insurer, new Counterpart { LegalName = "Autre" })));
    }

    [Fact]
    public void The_etag_is_of_the_revision_that_is_changed()
    {
        Assert.IsType<Outcome<DelegationRow>.Stale>(Decide(Open, Side.Insurer, etag: Etag.Of(Open.Id, 3)));
        Assert.Equal("ETAG_REQUIRED", Reason(Decide(Open, Side.Insurer, etag: "")));
    }

    [Theory]
    [InlineData(DelegationRow.Open)]
    [InlineData(DelegationRow.Closed)]
    public void Only_a_draft_is_withdrawn(string state) =>
        Assert.Equal("DELEGATION_OPEN", Reason(Withdrawal.Decide(Etag.Of(Open.Id, 4), Open with { State = state })));

    private static Outcome<DelegationRow> Decide(DelegationRow current, Side side, Counterpart? counterpart = null, string? etag = null)
    {
        var violations = new List<FieldViolation>();
        var terms = DelegationTerms.Of(new UpdateDelegationRequest { Title = "Autre", Counterpart = counterpart }, violations);
        return Change.Decide(terms, violations, etag ?? Etag.Of(current.Id, current.Revision), current, side, Now);
    }

    private static string Reason(Outcome<DelegationRow> outcome) => Assert.IsType<Outcome<DelegationRow>.Refused>(outcome).Reason;

    private static IEnumerable<string> Reasons(Outcome<DelegationRow> outcome) =>
        Assert.IsType<Outcome<DelegationRow>.Invalid>(outcome).Violations.Select(violation => violation.Reason);
}
