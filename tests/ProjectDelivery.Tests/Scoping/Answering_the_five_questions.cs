using System.Text;
using Dapper;
using Delegation.Access.V1;
using Delegation.Delivery.V1;
using Delegation.ProjectDelivery.Tests.Phases;
using Delegation.TestKit;
using Delegation.TestKit.Access;
using Delegation.TestKit.Errors;
using Google.Protobuf;
using Npgsql;
using static Delegation.ProjectDelivery.Tests.Preparing;
using static Delegation.ProjectDelivery.Tests.Scoping.PreparingScoping;
using State = Delegation.Delivery.V1.ScopingAnswer.Types.State;

namespace Delegation.ProjectDelivery.Tests.Scoping;

public sealed class Answering_the_five_questions(DeliveryHost host) : IClassFixture<DeliveryHost>, IDisposable
{
    private static readonly string[] Tables = ["scoping_answer", "scoping_generation", "FROM deliverable", "INTO deliverable", "INTO acceptance_case", "FROM acceptance_case", "planned_item", "INTO action"];

    public void Dispose() => host.Logs.AssertNoErrors();

    [PostgresFact]
    public async Task An_answer_is_in_effect_and_generates_its_items_once_both_sides_validated_it()
    {
        var (two, project) = await host.Scene.ProjectAsync();
        var proposed = await Answers(host.Scene, two.Delegate).UploadGuaranteeGridAsync(Upload(project.Id), deadline: Deadline);
        Assert.Equal((State.Proposed, 1, Side.Delegate, 2), (proposed.State, proposed.Version, proposed.Side, proposed.GuaranteeGrid.Lines.Count));

        var preview = await Answers(host.Scene, two.Insurer).PreviewScopingItemsAsync(
            new PreviewScopingItemsRequest { ProjectId = project.Id, Question = ScopingQuestion.GuaranteeGrid }, deadline: Deadline);
        var first = await Answers(host.Scene, two.Insurer).ValidateScopingAnswerAsync(Validation(proposed), deadline: Deadline);
        Assert.Equal(State.Proposed, first.State);
        Assert.Empty(await CasesAsync(two, project));

        var second = await Answers(host.Scene, two.Delegate).ValidateScopingAnswerAsync(Validation(proposed), deadline: Deadline);

        Assert.Equal(State.Validated, second.State);
        var cases = await CasesAsync(two, project);
        Assert.Equal(preview.Added, cases.Count + 2);
        Assert.All(preview.Changes, change => Assert.Empty(change.Id));
        var tried = Assert.Single(cases, item => item.Origin.Key == "Confort/CONS/limit");
        Assert.Equal((60_00, 21_00, 39_00), (tried.Spent.MinorUnits, tried.Amo.MinorUnits, tried.Expected.MinorUnits));
        Assert.Equal("Paramétrage des garanties : niveau Confort", (await host.Scene.DeliverableAsync(two.Insurer, project)).Title);
        var plan = await new Actions.ActionsClient(host.Scene.As(two.Insurer)).ListActionsAsync(new ListActionsRequest { ProjectId = project.Id }, deadline: Deadline);
        Assert.Equal("Contrôler le paramétrage de la grille des garanties", Assert.Single(plan.Actions).Title);
    }

    [PostgresFact]
    public async Task From_the_scoping_on_questions_without_an_answer_wait_for_both_sides()
    {
        var (two, project) = await host.Scene.LaunchedAsync();
        await WaitAsync();

        await host.Scene.BothPassAsync(two, project.Id);
        await WaitAsync("5 left");

        await Answers(host.Scene, two.Delegate).AnswerQuestionAsync(TakeOver(project.Id), deadline: Deadline);
        await WaitAsync("4 left");

        async Task WaitAsync(params string[] left)
        {
            foreach (var side in new[] { two.Insurer, two.Delegate })
                await Eventually.Async(async () =>
                    (await new Delivery.V1.WorkList.WorkListClient(host.Scene.As(side)).ListWorkItemsAsync(new ListWorkItemsRequest(), deadline: Deadline))
                    .WorkItems.Where(item => item.Kind == "scoping.answer").Select(item => item.Title.Split('(', ')')[1]).SequenceEqual(left));
        }
    }

    [PostgresFact]
    public async Task Nothing_two_sided_takes_effect_by_one_side()
    {
        var (two, answer) = await host.Scene.AnswerAsync();
        await Answers(host.Scene, two.Insurer).ValidateScopingAnswerAsync(Validation(answer), deadline: Deadline);

        var again = await Refusals.ThrownBy(Answers(host.Scene, two.Insurer).ValidateScopingAnswerAsync(Validation(answer), deadline: Deadline));

        Assert.Equal("ANSWER_ALREADY_VALIDATED", again.Kind().Reason);
        Assert.Empty((await Items(host.Scene, two.Insurer).ListTakeOverLotsAsync(new ListTakeOverLotsRequest { ProjectId = answer.ProjectId }, deadline: Deadline)).TakeOverLots);
    }

    [PostgresFact]
    public async Task Another_version_takes_the_consents_back_and_the_one_in_effect_stays_until_it_is_validated()
    {
        var (two, answer) = await host.Scene.AnswerAsync();
        var agreed = await host.Scene.AgreeAsync(two, answer);
        var next = await Answers(host.Scene, two.Delegate).AnswerQuestionAsync(TakeOver(answer.ProjectId, agreed.Etag, "BENEF", "COTIS"), deadline: Deadline);
        await Answers(host.Scene, two.Insurer).ValidateScopingAnswerAsync(Validation(next), deadline: Deadline);

        var edited = await Answers(host.Scene, two.Insurer).AnswerQuestionAsync(TakeOver(answer.ProjectId, (await ReadAsync(two, answer)).Etag, "COTIS"), deadline: Deadline);
        var stale = await Refusals.ThrownBy(Answers(host.Scene, two.Delegate).ValidateScopingAnswerAsync(Validation(next), deadline: Deadline));
        Assert.Equal("ETAG_STALE", stale.Kind().Reason);
        Assert.Equal([State.Proposed, State.Superseded, State.Validated], (await HistoryAsync(two, answer)).Select(version => version.State));

        await host.Scene.AgreeAsync(two, edited);

        Assert.Equal([State.Validated, State.Superseded, State.Superseded], (await HistoryAsync(two, answer)).Select(version => version.State));
        var lots = (await Items(host.Scene, two.Insurer).ListTakeOverLotsAsync(new ListTakeOverLotsRequest { ProjectId = answer.ProjectId }, deadline: Deadline)).TakeOverLots;
        Assert.Equal([("BENEF", ItemOrigin.Types.State.Retired), ("COTIS", ItemOrigin.Types.State.Active)], lots.Select(lot => (lot.Origin.Key, lot.Origin.State)));
    }

    [PostgresFact]
    public async Task Who_must_validate_has_it_on_the_work_list_until_both_did()
    {
        var (two, answer) = await host.Scene.AnswerAsync();
        await WaitsForAsync(two.Insurer, "scoping.validate", 1);
        await WaitsForAsync(two.Delegate, "scoping.validate", 1);

        await Answers(host.Scene, two.Insurer).ValidateScopingAnswerAsync(Validation(answer), deadline: Deadline);
        await WaitsForAsync(two.Insurer, "scoping.validate", 0);
        await WaitsForAsync(two.Delegate, "scoping.validate", 1);

        await Answers(host.Scene, two.Delegate).ValidateScopingAnswerAsync(Validation(answer), deadline: Deadline);
        await WaitsForAsync(two.Delegate, "scoping.validate", 0);
    }

    [PostgresFact]
    public async Task A_wrong_grid_is_told_by_line_and_column_in_both_languages_and_stores_nothing()
    {
        var (two, project) = await host.Scene.ProjectAsync();
        var before = await CountAsync();
        var request = Upload(project.Id, Grid.Replace("200 %", "0,7", StringComparison.Ordinal).Replace("Chambre", "=Chambre", StringComparison.Ordinal));

        foreach (var (language, words) in new[] { ("en", "Line 2, column taux: "), ("fr", "Ligne 2, colonne taux : ") })
        {
            var refused = await Refusals.ThrownBy(Answers(host.Scene, two.Delegate).UploadGuaranteeGridAsync(
                request, new Grpc.Core.Metadata { { "accept-language", language } }, Deadline));
            Assert.Equal([("file.lines[2].taux", "CELL_OUT_OF_RANGE"), ("file.lines[3].libelle", "CELL_IS_FORMULA")], refused.Violations());
            var told = Google.Rpc.Status.Parser.ParseFrom(refused.Trailers.GetValueBytes("grpc-status-details-bin")).Details
                .Single(detail => detail.Is(Google.Rpc.BadRequest.Descriptor)).Unpack<Google.Rpc.BadRequest>();
            Assert.StartsWith(words, told.FieldViolations[0].LocalizedMessage.Message, StringComparison.Ordinal);
        }

        foreach (var (wrong, reason) in new (Action<UploadGuaranteeGridRequest>, string)[]
        {
            (bad => bad.FileName = "../grille.csv", "FILE_NAME_IS_PATH"),
            (bad => bad.FileName = "grille.xlsx", "FILE_NAME_ENDING_DIFFERS"),
            (bad => bad.File.ContentType = "application/pdf", "FILE_TYPE_UNKNOWN"),
            (bad => bad.File = null, "FILE_TYPE_REQUIRED"),
            (bad => bad.File.Data = ByteString.Empty, "FILE_EMPTY"),
            (bad => bad.Sha256 = new string('0', 64), "SHA256_DIFFERS"),
            (bad => bad.File.Data = ByteString.CopyFrom(Grid[..^20], Encoding.UTF8), "CELL_COUNT_DIFFERS"),
            (bad => bad.File.Data = ByteString.CopyFrom(new byte[2 * 1024 * 1024 + 1]), "FILE_TOO_LARGE"),
        })
        {
            var bad = Upload(project.Id);
            wrong(bad);
            var refused = await Refusals.ThrownBy(Answers(host.Scene, two.Delegate).UploadGuaranteeGridAsync(bad, deadline: Deadline));
            Assert.Contains(refused.Violations(), violation => violation.Reason == reason);
        }

        Assert.Equal(before, await CountAsync());
    }

    [PostgresFact]
    public async Task An_answer_is_refused_with_all_that_is_wrong_with_it()
    {
        var (two, project) = await host.Scene.ProjectAsync();
        var request = TakeOver(project.Id, "", "A", "a");
        request.TakeOver.Parts[1].ItemCount = -1;
        request.TakeOver.Parts[1].Amount.Currency = "USD";
        var reports = Reports(project.Id);
        reports.Reports.Reports.RemoveAt(1);
        var segments = Segments(project.Id);
        segments.Segments.Segments.Add(segments.Segments.Segments[0].Clone());

        Assert.Equal(
            ["take_over.parts[1].item_count", "take_over.parts[1].code", "take_over.parts[1].amount.currency"], await FieldsAsync(request));
        Assert.Equal(["reports.reports"], await FieldsAsync(reports));
        Assert.Equal(["segments.segments[1].segment"], await FieldsAsync(segments));
        Assert.Equal(["content"], await FieldsAsync(new AnswerQuestionRequest { ProjectId = project.Id }));

        async Task<IEnumerable<string>> FieldsAsync(AnswerQuestionRequest wrong) =>
            (await Refusals.ThrownBy(Answers(host.Scene, two.Insurer).AnswerQuestionAsync(wrong, deadline: Deadline))).Violations().Select(violation => violation.Field);
    }

    [PostgresFact]
    public async Task Reading_and_validating_a_large_grid_costs_as_many_statements_as_a_small_one()
    {
        var large = Grid + string.Concat(Enumerable.Range(0, 500).Select(number => $"C{number};Confort;SOINS_COURANTS;Acte {number};TICKET_MODERATEUR;;;;30;70\n"));

        Assert.Equal(await StatementsAsync(Grid), await StatementsAsync(large));

        async Task<int> StatementsAsync(string grid)
        {
            var (two, project) = await host.Scene.ProjectAsync();
            var answer = await Answers(host.Scene, two.Insurer).UploadGuaranteeGridAsync(Upload(project.Id, grid), deadline: Deadline);
            await Answers(host.Scene, two.Insurer).ValidateScopingAnswerAsync(Validation(answer), deadline: Deadline);
            using var statements = new StatementRecorder();
            await Answers(host.Scene, two.Delegate).ValidateScopingAnswerAsync(Validation(answer), deadline: Deadline);
            return statements.Of(host.Database.Name).Count(sql => Tables.Any(table => sql.Contains(table, StringComparison.Ordinal)));
        }
    }

    private async Task<IReadOnlyList<AcceptanceCase>> CasesAsync(TwoParties two, Project project) => (await Items(host.Scene, two.Delegate).ListAcceptanceCasesAsync(
        new ListAcceptanceCasesRequest { ProjectId = project.Id }, deadline: Deadline)).AcceptanceCases;

    private async Task<ScopingAnswer> ReadAsync(TwoParties two, ScopingAnswer answer) => await Answers(host.Scene, two.Insurer).GetScopingAnswerAsync(
        new GetScopingAnswerRequest { ProjectId = answer.ProjectId, Question = answer.Question }, deadline: Deadline);

    private async Task<IReadOnlyList<ScopingAnswer>> HistoryAsync(TwoParties two, ScopingAnswer answer) => (await Answers(host.Scene, two.Delegate).ListScopingAnswersAsync(
        new ListScopingAnswersRequest { ProjectId = answer.ProjectId, Question = answer.Question }, deadline: Deadline)).Answers;

    private async Task WaitsForAsync(Actor actor, string kind, int count) => await Eventually.Async(async () =>
        (await new Delivery.V1.WorkList.WorkListClient(host.Scene.As(actor)).ListWorkItemsAsync(new ListWorkItemsRequest(), deadline: Deadline)).WorkItems.Count(item => item.Kind == kind) == count);

    private async Task<long> CountAsync()
    {
        await using var administrator = new NpgsqlConnection(host.Database.AdminConnectionString);
        return await administrator.ExecuteScalarAsync<long>("SELECT (SELECT count(*) FROM scoping_answer) + (SELECT count(*) FROM journal)");
    }
}
