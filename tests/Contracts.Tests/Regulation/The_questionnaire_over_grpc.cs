using Delegation.Contracts.V1;
using Delegation.TestKit;
using Grpc.Core;
using Criticality = Delegation.Contracts.V1.DelegationRegimes.Types.Criticality;

namespace Delegation.Contracts.Tests.Regulation;

public sealed class The_questionnaire_over_grpc(ContractsHost host) : IClassFixture<ContractsHost>, IDisposable
{
    private static DateTime Deadline => People.Deadline;

    public void Dispose() => host.Logs.AssertNoErrors();

    [PostgresFact]
    public async Task The_insurer_answers_and_both_sides_read_what_follows()
    {
        var checklist = await ComplianceFile.OpenAsync(host);
        var before = await checklist.RegimesAsync();
        Assert.Equal((null, Criticality.CriticalByDefault, "", 15), (before.Answers, before.Criticality, before.PersonId, before.Regimes.Count));

        var answers = From_answers_to_regimes.Least();
        var answered = await checklist.OfInsurer.AnswerQuestionnaireAsync(checklist.Answers(answers, before.Etag), deadline: Deadline);

        Assert.Equal((answers, Criticality.NotCriticalByDecision), (answered.Answers, answered.Criticality));
        Assert.Equal([Regime.UsualProvisions, Regime.SectorRules], answered.Regimes.Where(flag => flag.Applies).Select(flag => flag.Regime));
        Assert.Equal(answered, await checklist.RegimesAsync());
        Assert.Equal(answered, await checklist.OfDelegate.GetRegimesAsync(new GetRegimesRequest { DelegationId = checklist.DelegationId }, deadline: Deadline));

        var entry = Assert.Single(await host.EntriesOfAsync(checklist.Agreement.Parties.Insurer.Id), entry => entry.ObjectType == "regulatory_questionnaire");
        Assert.Equal((1L, new QuestionnaireAnswered { Regimes = answered }), (entry.Revision, entry.Event));
    }

    [PostgresFact]
    public async Task Answers_are_given_with_the_etag_of_what_was_read_and_once_for_each_request()
    {
        var checklist = await ComplianceFile.OpenAsync(host);
        var first = checklist.Answers(new RegulatoryAnswers(), (await checklist.RegimesAsync()).Etag);
        first.RequestId = Guid.NewGuid().ToString();

        var answered = await checklist.OfInsurer.AnswerQuestionnaireAsync(first, deadline: Deadline);
        Assert.Equal(answered, await checklist.OfInsurer.AnswerQuestionnaireAsync(first, deadline: Deadline));
        var stale = await Refusals.ThrownBy(checklist.OfInsurer.AnswerQuestionnaireAsync(new(first) { RequestId = "" }, deadline: Deadline));
        var without = await Refusals.ThrownBy(checklist.OfInsurer.AnswerQuestionnaireAsync(new(first) { RequestId = "", Etag = "" }, deadline: Deadline));

        Assert.Equal(("ETAG_STALE", "ETAG_REQUIRED"), (stale.Reason(), without.Reason()));
        var second = await checklist.OfInsurer.AnswerQuestionnaireAsync(checklist.Answers(From_answers_to_regimes.Least(), answered.Etag), deadline: Deadline);
        Assert.Equal([1, 2], (await host.EntriesOfAsync(checklist.Agreement.Parties.Insurer.Id))
            .Where(entry => entry.ObjectType == "regulatory_questionnaire").Select(entry => entry.Revision));
        Assert.NotEqual(answered.Etag, second.Etag);
    }

    [PostgresFact]
    public async Task What_is_refused_names_its_fields_and_writes_nothing()
    {
        var checklist = await ComplianceFile.OpenAsync(host);
        var etag = (await checklist.RegimesAsync()).Etag;
        var before = await host.RowsAsync();

        var contradicted = new RegulatoryAnswers { NotCriticalReason = "x" };
        var refused = await Refusals.ThrownBy(checklist.OfInsurer.AnswerQuestionnaireAsync(checklist.Answers(contradicted, etag), deadline: Deadline));
        var empty = await Refusals.ThrownBy(checklist.OfInsurer.AnswerQuestionnaireAsync(new AnswerQuestionnaireRequest { DelegationId = "x" }, deadline: Deadline));

        Assert.Equal((StatusCode.InvalidArgument, "INVALID_FIELDS"), (refused.StatusCode, refused.Reason()));
        Assert.Equal(["KEY_FUNCTION_CRITICAL", "CRITERIA_NOT_ASSESSED"], refused.Violations().Select(violation => violation.Reason));
        Assert.Equal(["answers", "delegation_id"], empty.Violations().Select(violation => violation.Field));
        Assert.Equal(before, await host.RowsAsync());
    }
}
