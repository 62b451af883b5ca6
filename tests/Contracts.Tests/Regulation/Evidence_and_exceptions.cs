using Dapper;
using Delegation.Contracts.V1;
using Delegation.TestKit;
using Grpc.Core;
using Npgsql;
using Kind = Delegation.Contracts.V1.RequirementException.Types.Kind;

namespace Delegation.Contracts.Tests.Regulation;

public sealed class Evidence_and_exceptions(ContractsHost host) : IClassFixture<ContractsHost>, IDisposable
{
    private static DateTime Deadline => People.Deadline;

    public void Dispose() => host.Logs.AssertNoErrors();

    [PostgresFact]
    public async Task Evidence_is_recorded_listed_and_withdrawn()
    {
        var checklist = await ComplianceFile.OpenAsync(host);
        var request = checklist.Proof();
        request.EndDay = "2028-01-14";

        var first = await checklist.OfInsurer.RecordEvidenceAsync(request, deadline: Deadline);
        var second = await checklist.OfInsurer.RecordEvidenceAsync(checklist.Proof("CA-L354-3-NOTIFICATION", EvidenceKind.AcprNotification), deadline: Deadline);
        Assert.Equal(
            (request.Title, request.Reference, "2026-01-15", "2028-01-14", EvidenceKind.DueDiligence),
            (first.Title, first.Reference, first.StartDay, first.EndDay, first.Kind));
        Assert.Equal([second, first], (await ListAsync(checklist.OfDelegate, checklist)).Evidence);

        var withdrawn = await checklist.OfInsurer.WithdrawEvidenceAsync(Withdrawal(first), deadline: Deadline);
        Assert.NotNull(withdrawn.WithdrawTime);
        Assert.Equal([second, withdrawn], (await ListAsync(checklist.OfInsurer, checklist)).Evidence);
        Assert.Equal("EVIDENCE_WITHDRAWN", (await Refusals.ThrownBy(checklist.OfInsurer.WithdrawEvidenceAsync(Withdrawal(first), deadline: Deadline))).Reason());

        var entries = (await host.EntriesOfAsync(checklist.Agreement.Parties.Insurer.Id)).Where(entry => entry.ObjectId == Guid.Parse(first.Id)).ToArray();
        Assert.Equal([1, 2], entries.Select(entry => entry.Revision));
        Assert.Equal(new EvidenceWithdrawn { Evidence = withdrawn }, entries[1].Event);
    }

    [PostgresFact]
    public async Task Evidence_is_listed_page_by_page()
    {
        var checklist = await ComplianceFile.OpenAsync(host);
        for (var i = 0; i < 5; i++)
            await checklist.OfInsurer.RecordEvidenceAsync(checklist.Proof(), deadline: Deadline);

        var (pages, ids, token) = (0, new List<string>(), "");
        do
        {
            var page = await checklist.OfDelegate.ListEvidenceAsync(
                new ListEvidenceRequest { DelegationId = checklist.DelegationId, PageSize = 2, PageToken = token }, deadline: Deadline);
            (pages, token) = (pages + 1, page.NextPageToken);
            ids.AddRange(page.Evidence.Select(item => item.Id));
        }
        while (token.Length > 0);

        Assert.Equal((3, 5), (pages, ids.Distinct().Count()));
        Assert.Equal(ids.OrderDescending(StringComparer.Ordinal), ids);
    }

    [PostgresFact]
    public async Task Bad_evidence_is_named_field_by_field_and_nothing_is_written()
    {
        var checklist = await ComplianceFile.OpenAsync(host);
        var before = await host.RowsAsync();
        var request = checklist.Proof();
        request.RequirementIds.Add(["SII-274-3-A", "NONE-1", "SII-274-4-D", "HDS-CERTIFICATE"]);
        request.Title = " ";
        request.StartDay = "2100-01-01";
        request.EndDay = "2099-12-31";

        Assert.Equal(
            [
                ("requirement_ids[1]", "REQUIREMENT_REPEATED"), ("requirement_ids[2]", "REQUIREMENT_UNKNOWN"), ("requirement_ids[3]", "EVIDENCE_NOT_ACCEPTED"),
                ("requirement_ids[4]", "EVIDENCE_NOT_ACCEPTED"), ("start_day", "START_DAY_IN_FUTURE"), ("end_day", "END_BEFORE_START"), ("title", "TITLE_REQUIRED"),
            ],
            await ViolationsAsync(checklist.OfInsurer.RecordEvidenceAsync(request, deadline: Deadline)));
        Assert.Equal(
            [
                ("kind", "KIND_REQUIRED"), ("requirement_ids", "REQUIREMENT_IDS_REQUIRED"), ("start_day", "START_DAY_REQUIRED"), ("title", "TITLE_REQUIRED"),
                ("delegation_id", "DELEGATION_ID_MALFORMED"),
            ],
            await ViolationsAsync(checklist.OfInsurer.RecordEvidenceAsync(new RecordEvidenceRequest(), deadline: Deadline)));
        Assert.Equal(before, await host.RowsAsync());
    }

    [PostgresFact]
    public async Task A_requirement_has_one_exception_at_most_until_it_is_cleared()
    {
        var checklist = await ComplianceFile.OpenAsync(host);
        var set = await checklist.OfInsurer.SetNotApplicableAsync(checklist.NotApplicable(), deadline: Deadline);
        var waiver = Waiver(checklist, "2099-12-31");

        Assert.Equal((Kind.NotApplicable, "HDS-29", ""), (set.Kind, set.RequirementId, set.UntilDay));
        Assert.Equal("REQUIREMENT_EXCEPTION_EXISTS", (await Refusals.ThrownBy(checklist.OfInsurer.WaiveRequirementAsync(waiver, deadline: Deadline))).Reason());

        Assert.Equal(set, await checklist.OfInsurer.ClearRequirementExceptionAsync(Clearing(set), deadline: Deadline));
        Assert.Equal("REQUIREMENT_EXCEPTION_NOT_FOUND", (await Refusals.ThrownBy(checklist.OfInsurer.ClearRequirementExceptionAsync(Clearing(set), deadline: Deadline))).Reason());

        var waived = await checklist.OfInsurer.WaiveRequirementAsync(waiver, deadline: Deadline);
        Assert.Equal((Kind.Waived, "2099-12-31"), (waived.Kind, waived.UntilDay));
        var listed = await checklist.OfDelegate.ListRequirementExceptionsAsync(new() { DelegationId = checklist.DelegationId }, deadline: Deadline);
        Assert.Equal([waived], listed.RequirementExceptions);

        var entries = (await host.EntriesOfAsync(checklist.Agreement.Parties.Insurer.Id)).Where(entry => entry.ObjectType == "requirement_exception");
        Assert.Equal(
            [new RequirementExceptionSet { RequirementException = set }, new RequirementExceptionCleared { RequirementException = set }, new RequirementExceptionSet { RequirementException = waived }],
            entries.Select(entry => entry.Event));
    }

    [PostgresFact]
    public async Task Personal_data_and_information_of_the_supervisor_have_no_exception()
    {
        var checklist = await ComplianceFile.OpenAsync(host);
        foreach (var id in new[] { "GDPR-28-3-G", "CA-L354-3-NOTIFICATION" })
        {
            var setting = await Refusals.ThrownBy(checklist.OfInsurer.SetNotApplicableAsync(checklist.NotApplicable(id), deadline: Deadline));
            var waiving = await Refusals.ThrownBy(checklist.OfInsurer.WaiveRequirementAsync(Waiver(checklist, "2099-12-31", id), deadline: Deadline));

            Assert.Equal((StatusCode.FailedPrecondition, "REQUIREMENT_BINDING", "REQUIREMENT_BINDING"), (setting.StatusCode, setting.Reason(), waiving.Reason()));
        }
    }

    [PostgresFact]
    public async Task Bad_exceptions_are_named_field_by_field()
    {
        var checklist = await ComplianceFile.OpenAsync(host);

        Assert.Equal(
            [("requirement_id", "REQUIREMENT_UNKNOWN"), ("motive", "MOTIVE_REQUIRED"), ("until_day", "UNTIL_DAY_PAST")],
            await ViolationsAsync(checklist.OfInsurer.WaiveRequirementAsync(new(Waiver(checklist, "2020-01-01", "X")) { Motive = "" }, deadline: Deadline)));
        Assert.Equal(
            [("until_day", "UNTIL_DAY_REQUIRED")],
            await ViolationsAsync(checklist.OfInsurer.WaiveRequirementAsync(Waiver(checklist, ""), deadline: Deadline)));
        Assert.Equal(
            [("requirement_exception_id", "REQUIREMENT_EXCEPTION_ID_MALFORMED")],
            await ViolationsAsync(checklist.OfInsurer.ClearRequirementExceptionAsync(
                new() { DelegationId = checklist.DelegationId, RequirementExceptionId = "x" }, deadline: Deadline)));
        Assert.Equal(
            [("motive", "MOTIVE_TOO_LONG")],
            await ViolationsAsync(checklist.OfInsurer.SetNotApplicableAsync(new(checklist.NotApplicable()) { Motive = new string('x', 1001) }, deadline: Deadline)));
    }

    [PostgresFact]
    public async Task A_closed_delegation_is_only_read()
    {
        var checklist = await ComplianceFile.OpenAsync(host);
        var etag = (await checklist.RegimesAsync()).Etag;
        await using (var connection = new NpgsqlConnection(host.Database.AdminConnectionString))
            await connection.ExecuteAsync("UPDATE delegation SET state = 'closed' WHERE delegation_id = @id", new { id = Guid.Parse(checklist.DelegationId) });

        var refused = new[]
        {
            await Refusals.ThrownBy(checklist.OfInsurer.AnswerQuestionnaireAsync(checklist.Answers(new RegulatoryAnswers(), etag), deadline: Deadline)),
            await Refusals.ThrownBy(checklist.OfInsurer.RecordEvidenceAsync(checklist.Proof(), deadline: Deadline)),
            await Refusals.ThrownBy(checklist.OfInsurer.SetNotApplicableAsync(checklist.NotApplicable(), deadline: Deadline)),
        };

        Assert.All(refused, refusal => Assert.Equal("DELEGATION_CLOSED", refusal.Reason()));
        Assert.Equal(etag, (await checklist.RegimesAsync()).Etag);
    }

    private static WaiveRequirementRequest Waiver(ComplianceFile checklist, string until, string requirementId = "HDS-29") => new()
    {
        DelegationId = checklist.DelegationId, RequirementId = requirementId, Motive = "Certificat attendu", UntilDay = until,
    };

    private static WithdrawEvidenceRequest Withdrawal(Evidence evidence) => new() { DelegationId = evidence.DelegationId, EvidenceId = evidence.Id };

    private static ClearRequirementExceptionRequest Clearing(RequirementException exception) => new()
    {
        DelegationId = exception.DelegationId, RequirementExceptionId = exception.Id,
    };

    private static async Task<ListEvidenceResponse> ListAsync(V1.Regulation.RegulationClient client, ComplianceFile checklist) =>
        await client.ListEvidenceAsync(new ListEvidenceRequest { DelegationId = checklist.DelegationId }, deadline: Deadline);

    private static async Task<IEnumerable<(string, string)>> ViolationsAsync<T>(AsyncUnaryCall<T> call) =>
        (await Refusals.ThrownBy(call)).Violations().Select(violation => (violation.Field, violation.Reason));
}
