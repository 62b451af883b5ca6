using Delegation.Contracts.Tests.Scope;
using Delegation.Contracts.V1;
using Delegation.ServiceDefaults.Time;

namespace Delegation.Contracts.Tests.LetterOfEngagement;

/// <summary>What tests do with letters of an agreement.</summary>
internal static class LetterCalls
{
    public static string Today => Day(0);

    public static string Day(int fromToday) => ParisDays.DayAt(DateTimeOffset.UtcNow).AddDays(fromToday).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    public static CreateLetterRequest Complete(this Agreement agreement, ScopeVersion scope, string? effective = null, string? end = null) => new()
    {
        DelegationId = agreement.Delegation.Id,
        ScopeVersionId = scope.Id,
        SuggestedTerms = true,
        FeeCap = new Money { MinorUnits = 12_000_050, Currency = "EUR" },
        EffectiveDay = effective ?? Today,
        EndDay = end ?? Day(120),
    };

    public static async Task<Letter> DraftAsync(this Agreement agreement, CreateLetterRequest request) =>
        await agreement.Letters().CreateLetterAsync(request, deadline: Agreement.Deadline);

    public static IssueLetterRequest Issue(Letter letter) => new() { DelegationId = letter.DelegationId, LetterId = letter.Id, Etag = letter.Etag };

    public static SignLetterRequest Signature(Letter letter) => new() { DelegationId = letter.DelegationId, LetterId = letter.Id, TextSha256 = letter.TextSha256 };

    public static TerminateLetterRequest End(Letter letter, string lastDay) => new() { DelegationId = letter.DelegationId, LetterId = letter.Id, LastDay = lastDay, Etag = letter.Etag };

    /// <summary>A letter that waits for both signatures, over a scope that both validated.</summary>
    public static async Task<Letter> IssueAsync(this Agreement agreement, string? effective = null, string? end = null)
    {
        var current = (await agreement.Scopes().ListScopeVersionsAsync(new ListScopeVersionsRequest { DelegationId = agreement.Delegation.Id }, deadline: Agreement.Deadline)).ScopeVersions;
        var scope = current.FirstOrDefault(version => version.State == ScopeVersion.Types.State.Validated)
            ?? await agreement.ValidateAsync(await agreement.ProposeAsync(Lines.Of("PRE", "A/R"), Lines.Of("RAT", "A/", toBeDecided: true), Lines.Of("COT", "RA/I")));
        return await agreement.Letters().IssueLetterAsync(Issue(await agreement.DraftAsync(agreement.Complete(scope, effective, end))), deadline: Agreement.Deadline);
    }

    public static async Task<Letter> SignAsync(this Agreement agreement, Letter letter, bool insurer) =>
        await agreement.Letters(insurer).SignLetterAsync(Signature(letter), deadline: Agreement.Deadline);

    /// <summary>A letter in force.</summary>
    public static async Task<Letter> ConcludeAsync(this Agreement agreement, string? effective = null, string? end = null)
    {
        var issued = await agreement.IssueAsync(effective, end);
        await agreement.SignAsync(issued, insurer: true);
        return await agreement.SignAsync(issued, insurer: false);
    }

    public static async Task<Letter> ReadAsync(this Agreement agreement, Letter letter, bool insurer = true) => await agreement.Letters(insurer).GetLetterAsync(
        new GetLetterRequest { DelegationId = letter.DelegationId, LetterId = letter.Id }, deadline: Agreement.Deadline);
}
