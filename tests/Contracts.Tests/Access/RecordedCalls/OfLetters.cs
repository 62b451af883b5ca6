using Delegation.Access.V1;
using Delegation.Contracts.Tests.LetterOfEngagement;
using Delegation.Contracts.Tests.Scope;
using Delegation.Contracts.V1;
using Delegation.TestKit.Access;

namespace Delegation.Contracts.Tests.Access.RecordedCalls;

/// <summary>Letters of engagement, and the titles that they give.</summary>
internal sealed class OfLetters : IRecordedCalls
{
    public IEnumerable<RecordedCall> All =>
    [
        new(Letters.Descriptor, "ListMinimumTerms", Who.AnyMember(), async scene => (await scene.RegisterAsync(), new ListMinimumTermsRequest())),
        new(Letters.Descriptor, "CreateLetter", Drafters, async scene =>
        {
            var (version, insurer, _) = await scene.ProposedScopeAsync();
            return (insurer, new CreateLetterRequest { DelegationId = version.DelegationId, ScopeVersionId = version.Id, SuggestedTerms = true });
        }),
        new(Letters.Descriptor, "GetLetter", Who.AnyMember(), async scene =>
        {
            var (letter, _, tpa) = await scene.DraftedLetterAsync();
            return (tpa, new GetLetterRequest { DelegationId = letter.DelegationId, LetterId = letter.Id });
        }),
        new(Letters.Descriptor, "ListLetters", Who.AnyMember(), async scene =>
        {
            var (letter, insurer, _) = await scene.DraftedLetterAsync();
            return (insurer, new ListLettersRequest { DelegationId = letter.DelegationId });
        }),
        new(Letters.Descriptor, "UpdateLetter", Drafters, async scene =>
        {
            var (letter, _, tpa) = await scene.DraftedLetterAsync();
            return (tpa, new UpdateLetterRequest
            {
                DelegationId = letter.DelegationId, LetterId = letter.Id, ScopeVersionId = letter.ScopeVersionId, EndDay = LetterCalls.Day(130), Etag = letter.Etag,
            });
        }),
        new(Letters.Descriptor, "IssueLetter", Issuers, async scene =>
        {
            var (letter, insurer, _) = await scene.DraftedLetterAsync();
            return (insurer, LetterCalls.Issue(letter));
        }),
        new(Letters.Descriptor, "SignLetter", Who.BothSides(Role.Signatory), async scene =>
        {
            var (letter, insurer, _) = await scene.IssuedLetterAsync();
            return (insurer, LetterCalls.Signature(letter));
        }),
        new(Letters.Descriptor, "WithdrawLetter", Issuers, async scene =>
        {
            var (letter, insurer, _) = await scene.DraftedLetterAsync();
            return (insurer, new WithdrawLetterRequest { DelegationId = letter.DelegationId, LetterId = letter.Id, Etag = letter.Etag });
        }),
        new(Letters.Descriptor, "TerminateLetter", Who.BothSides(Role.Signatory), async scene =>
        {
            var (issued, insurer, tpa) = await scene.IssuedLetterAsync();
            await new Letters.LettersClient(scene.As(tpa)).SignLetterAsync(LetterCalls.Signature(issued), deadline: People.Deadline);
            var letter = await new Letters.LettersClient(scene.As(insurer)).SignLetterAsync(LetterCalls.Signature(issued), deadline: People.Deadline);
            return (insurer, LetterCalls.End(letter, LetterCalls.Day(30)));
        }),
        new(Titles.Descriptor, "GetTitle", Who.AnyMember(), async scene =>
        {
            var (letter, _, tpa) = await scene.DraftedLetterAsync();
            return (tpa, new GetTitleRequest { DelegationId = letter.DelegationId });
        }),
        new(Titles.Descriptor, "ListTitles", Who.AnyMember(), async scene =>
        {
            var (letter, insurer, _) = await scene.DraftedLetterAsync();
            return (insurer, new ListTitlesRequest { DelegationId = letter.DelegationId });
        }),
    ];

    private static AccessRule Drafters => Who.Members(Role.DelegationManager, Role.Legal, Role.Purchasing);

    private static AccessRule Issuers => Who.Members(Role.DelegationManager, Role.Legal);
}

/// <summary>What calls about letters need around them.</summary>
internal static class PreparingLetters
{
    /// <summary>A draft of the insurer that may be issued.</summary>
    public static async Task<(Letter Letter, Actor Insurer, Actor Delegate)> DraftedLetterAsync(this Scene scene)
    {
        var (version, insurer, tpa) = await scene.ProposedScopeAsync();
        foreach (var side in new[] { insurer, tpa })
            await new Scopes.ScopesClient(scene.As(side)).ValidateScopeVersionAsync(Agreement.Validation(version), deadline: People.Deadline);

        var letter = await new Letters.LettersClient(scene.As(insurer)).CreateLetterAsync(
            new CreateLetterRequest
            {
                DelegationId = version.DelegationId,
                ScopeVersionId = version.Id,
                SuggestedTerms = true,
                FeeCap = new Money { MinorUnits = 1_000_000, Currency = "EUR" },
                EffectiveDay = LetterCalls.Today,
                EndDay = LetterCalls.Day(120),
            },
            deadline: People.Deadline);
        return (letter, insurer, tpa);
    }

    /// <summary>A letter that waits for both signatures.</summary>
    public static async Task<(Letter Letter, Actor Insurer, Actor Delegate)> IssuedLetterAsync(this Scene scene)
    {
        var (draft, insurer, tpa) = await scene.DraftedLetterAsync();
        return (await new Letters.LettersClient(scene.As(insurer)).IssueLetterAsync(LetterCalls.Issue(draft), deadline: People.Deadline), insurer, tpa);
    }
}
