using Delegation.Contracts.Tests.LetterOfEngagement;
using Delegation.Contracts.Tests.Scope;
using Delegation.Contracts.V1;
using Delegation.TestKit;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Delegation.Contracts.Tests.TitleToOperate;

public sealed class Titles_over_grpc(ContractsHost host) : IClassFixture<ContractsHost>, IDisposable
{
    public void Dispose() => host.Logs.AssertNoErrors();

    [PostgresFact]
    public async Task A_letter_is_the_title_from_its_second_signature_on_and_what_was_answered_before_stays_so()
    {
        var agreement = await Agreement.OpenAsync(host);
        var issued = await agreement.IssueAsync();
        await agreement.SignAsync(issued, insurer: true);
        var before = await AskAsync(agreement);
        Assert.Equal((TitleBreach.NoTitle, 0L), (before.Breach, before.Revision));

        var letter = await agreement.SignAsync(issued, insurer: false);

        var now = await AskAsync(agreement, insurer: false);
        Assert.Equal((Title.Types.Kind.LetterOfEngagement, letter.Id, letter.EndDay, letter.TextSha256), (now.Title.Kind, now.Title.ObjectId, now.Title.LastDay, now.Title.TextSha256));
        Assert.Equal(1, now.Revision);
        Assert.Equal(before, await AskAsync(agreement, request => request.KnownTime = before.KnownTime));
        Assert.Equal(TitleBreach.LetterExpired, (await AskAsync(agreement, request => request.Day = LetterCalls.Day(121))).Breach);
        Assert.Equal(TitleBreach.NotYetEffective, (await AskAsync(agreement, request => request.Day = LetterCalls.Day(-1))).Breach);
    }

    [PostgresFact]
    public async Task Each_line_has_its_own_answer()
    {
        var agreement = await Agreement.OpenAsync(host);
        var letter = await agreement.ConcludeAsync();

        Assert.Equal(letter.Id, (await AskAsync(agreement, Line("PRE"))).Title.ObjectId);
        Assert.Equal(TitleBreach.LineToBeDecided, (await AskAsync(agreement, Line("RAT"))).Breach);
        Assert.Equal(TitleBreach.ScopeNotCovered, (await AskAsync(agreement, Line("COT"))).Breach);
        Assert.Equal(TitleBreach.ScopeNotCovered, (await AskAsync(agreement, Line("PRE", "AUTRE"))).Breach);

        var listed = await agreement.Titles().ListTitlesAsync(new ListTitlesRequest { DelegationId = letter.DelegationId }, deadline: Agreement.Deadline);
        Assert.Equal(letter.Id, listed.Delegation.Title.ObjectId);
        Assert.Equal([("PRE", true, 2), ("RAT", false, 2)], listed.Lines.Select(line => (line.ActivityCode, line.Answer.Title is not null, line.ProductCodes.Count)));
    }

    [PostgresFact]
    public async Task Succession_and_termination_move_the_days_and_not_what_was_known_before()
    {
        var agreement = await Agreement.OpenAsync(host);
        var first = await agreement.ConcludeAsync();
        var known = (await AskAsync(agreement)).KnownTime;
        var second = await agreement.ConcludeAsync(effective: LetterCalls.Day(50), end: LetterCalls.Day(150));
        var consented = await agreement.Letters().TerminateLetterAsync(LetterCalls.End(second, LetterCalls.Day(80)), deadline: Agreement.Deadline);
        await agreement.Letters(insurer: false).TerminateLetterAsync(LetterCalls.End(consented, LetterCalls.Day(80)), deadline: Agreement.Deadline);

        Assert.Equal(first.Id, (await AskAsync(agreement, request => request.Day = LetterCalls.Day(49))).Title.ObjectId);
        Assert.Equal(second.Id, (await AskAsync(agreement, request => request.Day = LetterCalls.Day(50))).Title.ObjectId);
        Assert.Equal(second.Id, (await AskAsync(agreement, request => request.Day = LetterCalls.Day(80))).Title.ObjectId);
        var after = await AskAsync(agreement, request => request.Day = LetterCalls.Day(81));
        Assert.Equal((TitleBreach.LetterTerminated, 4L), (after.Breach, after.Revision));

        var asKnownThen = await AskAsync(agreement, request => (request.Day, request.KnownTime) = (LetterCalls.Day(100), known));
        Assert.Equal((first.Id, 1L), (asKnownThen.Title.ObjectId, asKnownThen.Revision));
    }

    [PostgresFact]
    public async Task A_question_that_has_no_answer_is_refused_in_french_and_a_foreign_delegation_is_unknown()
    {
        var agreement = await Agreement.OpenAsync(host);
        var request = new GetTitleRequest
        {
            DelegationId = "x", Day = "hier", Line = new TitleLine(), KnownTime = Timestamp.FromDateTime(DateTime.UtcNow.AddHours(1)),
        };
        var refusal = await Refusals.ThrownBy(agreement.Titles().GetTitleAsync(request, new Metadata { { "accept-language", "fr" } }, Agreement.Deadline));
        Assert.Equal(
            ["DELEGATION_ID_MALFORMED", "DAY_MALFORMED", "KNOWN_TIME_AHEAD", "ACTIVITY_REQUIRED", "PRODUCT_REQUIRED", "POPULATION_REQUIRED"],
            refusal.Violations().Select(violation => violation.Reason));
        Assert.Contains(refusal.FieldViolations(), violation => violation.LocalizedMessage.Message.StartsWith("Ce qui sera connu plus tard", StringComparison.Ordinal));

        var stranger = await Agreement.OpenAsync(host);
        var foreign = await Refusals.ThrownBy(stranger.Titles().GetTitleAsync(new GetTitleRequest { DelegationId = agreement.Delegation.Id }, deadline: Agreement.Deadline));
        var unknown = await Refusals.ThrownBy(stranger.Titles().GetTitleAsync(new GetTitleRequest { DelegationId = Guid.CreateVersion7().ToString() }, deadline: Agreement.Deadline));
        Assert.Equal((StatusCode.NotFound, "DELEGATION_NOT_FOUND"), (foreign.StatusCode, foreign.Reason()));
        Assert.Equal(unknown.WithoutTraceId(), foreign.WithoutTraceId());
    }

    private static Action<GetTitleRequest> Line(string activity, string product = "BASE") =>
        request => request.Line = new TitleLine { ActivityCode = activity, ProductCode = product, PopulationCode = "CADRES" };

    private static async Task<TitleAnswer> AskAsync(Agreement agreement, Action<GetTitleRequest>? ask = null, bool insurer = true)
    {
        var request = new GetTitleRequest { DelegationId = agreement.Delegation.Id };
        ask?.Invoke(request);
        return await agreement.Titles(insurer).GetTitleAsync(request, deadline: Agreement.Deadline);
    }
}
