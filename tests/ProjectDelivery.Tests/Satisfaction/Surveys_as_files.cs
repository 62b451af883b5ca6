using System.Globalization;
using Delegation.Access.V1;
using Delegation.Delivery.V1;
using Delegation.ProjectDelivery.Satisfaction;
using Delegation.TestKit;
using Delegation.TestKit.Errors;
using Google.Protobuf;
using Grpc.Core;
using static Delegation.ProjectDelivery.Tests.Preparing;
using static Delegation.ProjectDelivery.Tests.Satisfaction.PreparingSatisfaction;

namespace Delegation.ProjectDelivery.Tests.Satisfaction;

public sealed class Surveys_as_files(DeliveryHost host) : IClassFixture<DeliveryHost>, IDisposable
{
    private const string Scores = "score_0,score_1,score_2,score_3,score_4,score_5,score_6,score_7,score_8,score_9,score_10";

    public void Dispose() => host.Logs.AssertNoErrors();

    [PostgresFact]
    public async Task Both_sides_read_the_results_and_the_same_file_twice_changes_nothing()
    {
        var two = await host.Scene.ManagersAsync();
        var imported = await SatisfactionsAs(host.Scene, two.Delegate).ImportSurveyAsync(Importing(two, Survey(LastMonth)), deadline: Deadline);
        var again = await SatisfactionsAs(host.Scene, two.Insurer).ImportSurveyAsync(Importing(two, Survey(LastMonth)), deadline: Deadline);

        Assert.Equal(imported, again);
        Assert.Equal((2, Side.Delegate, "enquête 2026.csv"), (imported.ResultCount, imported.Side, imported.FileName));
        Assert.Single((await SatisfactionsAs(host.Scene, two.Insurer).ListSurveysAsync(new ListSurveysRequest { DelegationId = two.DelegationId }, deadline: Deadline)).Surveys);
        var results = await ResultsAsync(two);
        Assert.Equal(
            [(SatisfactionTheme.Overall, "Recommanderiez-vous votre mutuelle ?", 1240L, 7.8, true, 31.0), (SatisfactionTheme.Deadlines, "", 310L, 6.5, false, 0.0)],
            results.Select(result => (result.Theme, result.Question, result.Answers, result.Mean, result.HasNps, result.Nps)).Order());
    }

    [PostgresFact]
    public async Task A_later_file_corrects_what_it_says_of_the_same_question_and_nothing_else()
    {
        var two = await host.Scene.ManagersAsync();
        await SatisfactionsAs(host.Scene, two.Delegate).ImportSurveyAsync(Importing(two, Survey(LastMonth)), deadline: Deadline);
        await SatisfactionsAs(host.Scene, two.Delegate).ImportSurveyAsync(
            Importing(two, $"period,theme,answers,mean\n{LastMonth},deadlines,320,6.75\n"), deadline: Deadline);

        var results = await ResultsAsync(two);

        Assert.Equal([6.75, 7.8], results.Select(result => result.Mean).Order());
    }

    [PostgresFact]
    public async Task Scores_give_mean_and_net_promoter_score()
    {
        var two = await host.Scene.ManagersAsync();
        // 40 promoters of 100 and 25 detractors.
        await SatisfactionsAs(host.Scene, two.Insurer).ImportSurveyAsync(
            Importing(two, $"\"period\",theme,answers,{Scores},mean,nps\r\n{LastMonth},overall,100,5,0,0,5,0,5,10,15,20,30,10,7.4,15\r\n"), deadline: Deadline);

        var result = Assert.Single(await ResultsAsync(two));

        Assert.Equal((7.35, 15.0), (Math.Round(result.Mean, 6), result.Nps));
        Assert.Equal([5, 0, 0, 5, 0, 5, 10, 15, 20, 30, 10], result.Scores);
    }

    [PostgresFact]
    public async Task A_file_with_anything_wrong_is_refused_by_line_and_column_and_nothing_of_it_is_kept()
    {
        var two = await host.Scene.ManagersAsync();
        var text = $"""
            periode;theme;question;reponses;moyenne;nps
            {LastMonth};globale;;100;8,1;20
            2026-13;service;Écrire à anne@example.org ?;douze;11;-101
            {LastMonth};globale;;50;;
            {LastMonth};globale;;40;7;
            {LastMonth};qualite;;0;7;
            {LastMonth};qualite
            """;

        var english = await Refusals.ThrownBy(SatisfactionsAs(host.Scene, two.Insurer).ImportSurveyAsync(Importing(two, text), deadline: Deadline));
        var french = await Refusals.ThrownBy(SatisfactionsAs(host.Scene, two.Insurer).ImportSurveyAsync(
            Importing(two, text), new Metadata { { "accept-language", "fr" } }, Deadline));

        Assert.Equal(
            [
                ("file.lines[3].periode", "CELL_MALFORMED"), ("file.lines[3].theme", "CELL_MALFORMED"), ("file.lines[3].question", "CELL_PERSONAL"),
                ("file.lines[3].reponses", "CELL_MALFORMED"), ("file.lines[3].moyenne", "CELL_OUT_OF_RANGE"), ("file.lines[3].nps", "CELL_OUT_OF_RANGE"),
                ("file.lines[4]", "FIGURE_REQUIRED"), ("file.lines[5]", "LINE_TWICE"), ("file.lines[6].reponses", "CELL_OUT_OF_RANGE"),
                ("file.lines[7]", "CELL_COUNT_DIFFERS"),
            ],
            english.Violations());
        Assert.Equal(english.Violations(), french.Violations());
        Assert.NotEqual(english.Text(), french.Text());
        Assert.Empty((await SatisfactionsAs(host.Scene, two.Insurer).ListSurveysAsync(new ListSurveysRequest { DelegationId = two.DelegationId }, deadline: Deadline)).Surveys);
        Assert.Empty(await ResultsAsync(two));
    }

    [PostgresTheory]
    [InlineData("Nom")]
    [InlineData("Prénom de l'assuré")]
    [InlineData("N° Sécurité sociale")]
    [InlineData("NIR")]
    [InlineData("E-mail")]
    [InlineData("Téléphone")]
    [InlineData("IBAN")]
    [InlineData("Customer name")]
    public async Task A_column_that_looks_like_data_of_persons_is_refused_by_its_name(string column)
    {
        var two = await host.Scene.ManagersAsync();

        var refusal = await Refusals.ThrownBy(SatisfactionsAs(host.Scene, two.Insurer).ImportSurveyAsync(
            Importing(two, $"periode;theme;reponses;moyenne;{column}\n{LastMonth};globale;10;7;x\n"), deadline: Deadline));

        Assert.Equal([("file.lines[1]", "COLUMN_PERSONAL")], refusal.Violations());
        Assert.Contains(column, refusal.Status.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Rappelez le 06 12 34 56 78", true)]
    [InlineData("NIR 1 85 05 78 006 084 36", true)]
    [InlineData("FR76 3000 6000 0112 3456 7890 189", true)]
    [InlineData("anne.martin@example.org", true)]
    [InlineData("Recommanderiez-vous votre mutuelle de 0 à 10 ?", false)]
    [InlineData("Délai de traitement en 2026 : 48 h ou 72 h ?", false)]
    public void Data_of_a_person_is_found_in_a_question(string text, bool found) => Assert.Equal(found, PersonalText.IsIn(text));

    [PostgresFact]
    public async Task A_file_that_is_none_is_refused_with_its_reason()
    {
        var two = await host.Scene.ManagersAsync();
        async Task<string> RefusedAsync(ByteString data, string name = "a.csv", string type = "text/csv", string sha256 = "")
        {
            var request = Importing(two, "");
            (request.File.Data, request.FileName, request.File.ContentType, request.Sha256) = (data, name, type, sha256);
            var refusal = await Refusals.ThrownBy(SatisfactionsAs(host.Scene, two.Insurer).ImportSurveyAsync(request, deadline: Deadline));
            return string.Join(' ', refusal.Violations().Select(violation => violation.Reason));
        }

        var good = ByteString.CopyFromUtf8(Survey(LastMonth));
        Assert.Equal("FILE_EMPTY", await RefusedAsync(ByteString.Empty));
        Assert.Equal("FILE_TOO_LARGE", await RefusedAsync(ByteString.CopyFrom(new byte[1024 * 1024 + 1])));
        Assert.Equal("FILE_IS_NOT_TEXT", await RefusedAsync(ByteString.CopyFrom([0x50, 0x4B, 0x03, 0x04, 0x00])));
        Assert.Equal("FILE_IS_NOT_TEXT", await RefusedAsync(ByteString.CopyFrom([0xE9, 0x3B, 0x0A])));
        Assert.Equal("NO_LINES", await RefusedAsync(ByteString.CopyFromUtf8("periode;theme;reponses;nps\n")));
        Assert.Equal("COLUMN_MISSING", await RefusedAsync(ByteString.CopyFromUtf8($"periode;theme;nps\n{LastMonth};globale;3\n")));
        Assert.Equal("COLUMN_TWICE", await RefusedAsync(ByteString.CopyFromUtf8($"periode;period;theme;reponses\n")));
        Assert.Equal("FILE_NAME_IS_PATH", await RefusedAsync(good, name: "../etc/a.csv"));
        Assert.Equal("FILE_NAME_ENDING_DIFFERS", await RefusedAsync(good, name: "a.xlsx"));
        Assert.Equal("FILE_TYPE_UNKNOWN", await RefusedAsync(good, type: "application/pdf"));
        Assert.Equal("SHA256_DIFFERS", await RefusedAsync(good, sha256: new string('0', 64)));
        Assert.Equal("QUOTES_DIFFER CELL_COUNT_DIFFERS", await RefusedAsync(ByteString.CopyFromUtf8($"periode;theme;reponses;nps\n{LastMonth};\"globale;3;4\n")));
    }

    [PostgresFact]
    public async Task More_lines_than_are_taken_are_refused_and_as_many_are_kept()
    {
        var two = await host.Scene.ManagersAsync();
        string Lines(int count) => "period,theme,question,answers,mean\n" + string.Concat(
            Enumerable.Range(0, count).Select(i => string.Create(CultureInfo.InvariantCulture, $"{LastMonth},overall,Question {i},10,7\n")));

        var refusal = await Refusals.ThrownBy(SatisfactionsAs(host.Scene, two.Insurer).ImportSurveyAsync(Importing(two, Lines(5001)), deadline: Deadline));
        using var statements = new StatementRecorder();
        var imported = await SatisfactionsAs(host.Scene, two.Insurer).ImportSurveyAsync(Importing(two, Lines(5000)), deadline: Deadline);

        Assert.Equal("TOO_MANY_LINES", Assert.Single(refusal.Violations()).Reason);
        Assert.Equal(5000, imported.ResultCount);
        Assert.Equal(1, statements.Of(host.Database.Name).Count(sql => sql.Contains("INTO survey_result", StringComparison.Ordinal)));
    }

    private async Task<IReadOnlyList<SurveyResult>> ResultsAsync(TwoParties two) => (await SatisfactionsAs(host.Scene, two.Insurer).GetSatisfactionAsync(
        new GetSatisfactionRequest { DelegationId = two.DelegationId, Period = LastMonth }, deadline: Deadline)).Customers;
}
